/** The run bucket: reports of runs, and nothing else. */
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { Config } from "./config.ts";

/** Days in which a replaced or deleted report can still be read. */
const NONCURRENT_DAYS = 30;

/** The run bucket, and the bucket that holds its access logs. */
export class RunBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, config: Config, key: IKey) {
    super(scope, "RunBucket");
    const suffix = `${config.account}-${config.region}`;
    const common = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: config.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    const abort = { abortIncompleteMultipartUploadAfter: Duration.days(7) };
    // Reports name buckets, keys and ports of every account: who read them is worth knowing. The
    // service that delivers access logs cannot use a customer managed key.
    const accessLogs = new Bucket(this, "AccessLogs", {
      ...common,
      bucketName: `${config.name}-access-logs-${suffix}`,
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ ...abort, expiration: Duration.days(config.report_retention_days) }],
    });
    this.bucket = new Bucket(this, "Runs", {
      ...common,
      bucketName: `${config.name}-runs-${suffix}`,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: "runs/",
      lifecycleRules: [
        {
          ...abort,
          expiration: Duration.days(config.report_retention_days),
          noncurrentVersionExpiration: Duration.days(NONCURRENT_DAYS),
        },
      ],
    });
  }
}
