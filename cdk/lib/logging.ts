/** Log groups: encrypted, and kept as long as the configuration says. */
import { RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Config } from "./config.ts";

/** A log group with the environment's retention. */
export function logGroup(scope: Construct, id: string, config: Config, key: IKey, name: string): LogGroup {
  return new LogGroup(scope, id, {
    logGroupName: name,
    encryptionKey: key,
    // The numbers of the enumeration are days.
    retention: config.log_retention_days as RetentionDays,
    removalPolicy: config.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
}
