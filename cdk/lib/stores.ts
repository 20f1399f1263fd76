/** What outlives a run, and the key that encrypts it. */
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { IBucket } from "aws-cdk-lib/aws-s3";

/** Run bucket, tables, and their key. */
export interface Stores {
  readonly bucket: IBucket;
  readonly findings: ITable;
  readonly runs: ITable;
  readonly key: IKey;
}
