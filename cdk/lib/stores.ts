/** What outlives a run, and the key that encrypts it. */
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";

/** Run bucket, tables, their key, and the external id. */
export interface Stores {
  readonly bucket: IBucket;
  readonly findings: ITable;
  readonly runs: ITable;
  readonly key: IKey;
  readonly externalId: ISecret;
}
