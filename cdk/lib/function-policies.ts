/** What each function may do in the audit account: actions one by one, as its README lists them. */
import { ArnFormat, Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { Config } from "./config.ts";
import { auditRoleName, type FunctionName, functionName } from "./names.ts";
import type { Stores } from "./stores.ts";

const allow = (actions: string[], ...resources: string[]) => new PolicyStatement({ actions, resources });

/** The statements of a function's role, without what logging and tracing need. */
export function functionPolicy(
  scope: Construct,
  config: Config,
  stores: Stores,
  name: FunctionName,
): PolicyStatement[] {
  const runs = stores.bucket.arnForObjects("runs/*");
  const stack = Stack.of(scope);
  const enter = enterAccounts(stack, config, stores);
  const reports = [...enter, allow(["s3:GetObject", "s3:PutObject"], runs), useKey(stack, stores, "s3")];
  const statements: Record<FunctionName, () => PolicyStatement[]> = {
    enumerate: () => [
      allow(
        [
          "organizations:DescribeOrganization",
          "organizations:ListAccounts",
          "organizations:ListAccountsForParent",
          "organizations:ListOrganizationalUnitsForParent",
          "organizations:ListTagsForResource",
        ],
        "*",
      ),
      ...enter,
      allow(["s3:PutObject"], runs),
      useKey(stack, stores, "s3"),
    ],
    "audit-s3": () => reports,
    "audit-kms": () => reports,
    "audit-sg": () => reports,
    aggregate: () => [
      allow(["s3:GetObject", "s3:PutObject"], runs),
      allow(["s3:ListBucket"], stores.bucket.bucketArn),
      allow(
        ["dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:Query", "dynamodb:UpdateItem"],
        stores.findings.tableArn,
      ),
      allow(["dynamodb:Query"], `${stores.findings.tableArn}/index/changed-in-run`),
      allow(["dynamodb:BatchWriteItem", "dynamodb:PutItem", "dynamodb:Query"], stores.runs.tableArn),
      useKey(stack, stores, "s3", "dynamodb"),
      ...importStatements(stack, config, enter),
    ],
  };
  const token = name === "enumerate" ? [] : readToken(config);
  return [...statements[name](), ...token, readEnvironment(stack, config, stores, name)];
}

/** The audit role of every account, and the external id that it demands. */
function enterAccounts(stack: Stack, config: Config, stores: Stores): PolicyStatement[] {
  const roles = { service: "iam", region: "", account: "*", resource: "role" };
  return [
    allow(
      ["sts:AssumeRole", "sts:TagSession"],
      stack.formatArn({ ...roles, resourceName: auditRoleName(config) }),
    ),
    allow(["secretsmanager:GetSecretValue"], stores.externalId.secretArn),
    new PolicyStatement({
      actions: ["kms:Decrypt"],
      resources: [stores.key.keyArn],
      conditions: {
        StringEquals: {
          "kms:ViaService": `secretsmanager.${stack.region}.amazonaws.com`,
          "kms:EncryptionContext:SecretARN": stores.externalId.secretArn,
        },
      },
    }),
  ];
}

/** Who may import findings: the members' own sessions, the function itself, or nobody. */
function importStatements(stack: Stack, config: Config, enter: PolicyStatement[]): PolicyStatement[] {
  const product = stack.formatArn({
    service: "securityhub",
    resource: "product",
    resourceName: `${stack.account}/default`,
  });
  return {
    member: enter,
    central: [allow(["securityhub:BatchImportFindings"], product)],
    off: [],
  }[config.security_hub];
}

/** The token of the OPA server, and the key of its secret if that is not AWS's own, through Secrets Manager only. */
function readToken({ opa }: Config): PolicyStatement[] {
  const secret = opa?.token_secret;
  if (!secret) {
    return [];
  }
  const service = `secretsmanager.${secret.split(":")[3]}.amazonaws.com`;
  const key = new PolicyStatement({
    actions: ["kms:Decrypt"],
    resources: opa.token_key ? [opa.token_key] : [],
    conditions: {
      StringEquals: { "kms:ViaService": service, "kms:EncryptionContext:SecretARN": secret },
    },
  });
  return [allow(["secretsmanager:GetSecretValue"], secret), ...(opa.token_key ? [key] : [])];
}

/** The data key, through the services that keep the data and in no other way. */
export function useKey(stack: Stack, stores: Stores, ...services: string[]): PolicyStatement {
  return new PolicyStatement({
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    resources: [stores.key.keyArn],
    conditions: {
      StringEquals: { "kms:ViaService": services.map((name) => `${name}.${stack.region}.amazonaws.com`) },
    },
  });
}

/** Lambda decrypts the environment with the function's role (Lambda developer guide, "Securing environment variables"). */
function readEnvironment(stack: Stack, config: Config, stores: Stores, name: FunctionName): PolicyStatement {
  const arn = stack.formatArn({
    service: "lambda",
    resource: "function",
    resourceName: functionName(config, name),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return new PolicyStatement({
    actions: ["kms:Decrypt"],
    resources: [stores.key.keyArn],
    conditions: { StringEquals: { "kms:EncryptionContext:aws:lambda:FunctionArn": arn } },
  });
}
