/** The customer managed keys: one for what runs find, one for logs and messages. */
import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { Config } from "./config.ts";

/** Two keys, so that who reads logs need not be able to read findings. */
export class Encryption extends Construct {
  /** Encrypts run bucket, tables, and the functions' environment. */
  readonly data: Key;
  /** Encrypts log groups, the topic and the queue. */
  readonly operations: Key;

  constructor(scope: Construct, config: Config) {
    super(scope, "Encryption");
    const removalPolicy = config.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const key = (id: string, purpose: string) =>
      new Key(this, id, {
        alias: `${config.name}/${id.toLowerCase()}`,
        description: `${config.name}: ${purpose}`,
        enableKeyRotation: true,
        removalPolicy,
      });
    this.data = key("Data", "reports, findings and settings of the functions");
    this.operations = key("Operations", "logs and messages");
    this.allowLogs();
    // What puts messages on the encrypted topic; the schedule uses the key with its own role.
    this.allowSender("cloudwatch", `alarm:${config.name}-*`);
    this.allowSender("events", `rule/${config.name}-*`);
  }

  /** CloudWatch Logs may use the key for log groups of this account and region only. */
  private allowLogs(): void {
    const stack = Stack.of(this);
    this.operations.addToResourcePolicy(
      new PolicyStatement({
        sid: "LogGroups",
        principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
        actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        resources: ["*"],
        conditions: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": stack.formatArn({
              service: "logs",
              resource: "log-group:*",
            }),
          },
        },
      }),
    );
  }

  /** A service that sends encrypted messages, for resources of this account only (SNS, "Compatible event sources"). */
  private allowSender(service: string, source: string): void {
    const { partition, region, account } = Stack.of(this);
    this.operations.addToResourcePolicy(
      new PolicyStatement({
        sid: `From${service}`,
        principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: ["*"],
        conditions: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${partition}:${service}:${region}:${account}:${source}` },
        },
      }),
    );
  }
}
