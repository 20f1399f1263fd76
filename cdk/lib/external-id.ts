/** The external id, which keeps confused deputies out of the audit roles: generated, and kept as a secret. */
import { RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { Config } from "./config.ts";

/** The secret; functions read it when they start, the StackSet when it is deployed. */
export class ExternalId extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, config: Config, key: IKey) {
    super(scope, "ExternalId");
    this.secret = new Secret(this, "Secret", {
      secretName: `${config.name}/external-id`,
      description: `${config.name}: the external id that the audit roles demand`,
      encryptionKey: key,
      // STS takes letters, digits and =,.@:/- (`AssumeRole`, "ExternalId").
      generateSecretString: { passwordLength: 40, excludePunctuation: true },
      removalPolicy: config.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
