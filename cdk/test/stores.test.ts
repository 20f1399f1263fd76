import { readFileSync } from "node:fs";
import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { EXPIRY_ATTRIBUTE, TABLES } from "../lib/tables.ts";
import { environments, resources } from "./synthesized.ts";

const { prod, dev } = environments();
const named = <T extends Record<string, string>>(list: T[], key: keyof T) =>
  [...list].sort((a, b) => String(a[key]).localeCompare(String(b[key])));

describe("the tables", () => {
  test.each(["findings", "runs"] as const)("%s is what tables.json describes", (name) => {
    const [, table] = resources(prod, "AWS::DynamoDB::Table").find(
      ([, it]) => it.Properties.TableName === `orgsweep-${name}`,
    ) ?? ["", undefined];
    const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, BillingMode } = table?.Properties ?? {};
    const sorted = named(AttributeDefinitions, "AttributeName");
    expect({ KeySchema, BillingMode, AttributeDefinitions: sorted, GlobalSecondaryIndexes }).toEqual({
      GlobalSecondaryIndexes: undefined,
      ...TABLES[name],
    });
  });

  test("are encrypted, recoverable and expire items", () => {
    prod.template.allResourcesProperties("AWS::DynamoDB::Table", {
      SSESpecification: { SSEEnabled: true, SSEType: "KMS", KMSMasterKeyId: Match.anyValue() },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: "expires_at", Enabled: true },
    });
  });

  test("expire by the attribute that the functions write", () => {
    const written = readFileSync(new URL("../../crates/aws/src/tables.rs", import.meta.url), "utf8");
    expect(written).toContain(`EXPIRES_AT: &str = "${EXPIRY_ATTRIBUTE}"`);
  });

  test("cannot be deleted by mistake in production", () => {
    prod.template.allResourcesProperties("AWS::DynamoDB::Table", { DeletionProtectionEnabled: true });
    dev.template.allResourcesProperties("AWS::DynamoDB::Table", { DeletionProtectionEnabled: false });
  });
});

describe("production outlives its stack", () => {
  test.each([
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::KMS::Key",
    "AWS::Logs::LogGroup",
    "AWS::SecretsManager::Secret",
  ])("%s", (type) => {
    const policies = resources(prod, type).map(([, it]) => it.DeletionPolicy);
    expect(policies).toEqual(policies.map(() => "Retain"));
    expect(policies.length).toBeGreaterThan(0);
  });

  test("and the stack cannot be deleted by mistake", () => {
    expect(prod.stack.terminationProtection).toBe(true);
  });
});

describe("the buckets", () => {
  test("are closed to the public and to ACLs", () => {
    prod.template.allResourcesProperties("AWS::S3::Bucket", {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    });
  });

  test("refuse what comes without TLS 1.2", () => {
    for (const [id] of resources(prod, "AWS::S3::Bucket")) {
      prod.template.hasResourceProperties("AWS::S3::BucketPolicy", {
        Bucket: { Ref: id },
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Effect: "Deny",
              Action: "s3:*",
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            }),
            Match.objectLike({
              Effect: "Deny",
              Action: "s3:*",
              Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 } },
            }),
          ]),
        },
      });
    }
  });

  test("of runs is encrypted with the data key, versioned, logged, and forgets", () => {
    prod.template.hasResourceProperties("AWS::S3::Bucket", {
      BucketName: "orgsweep-runs-111122223333-eu-west-1",
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: "aws:kms",
              KMSMasterKeyID: { "Fn::GetAtt": [Match.stringLikeRegexp("^EncryptionData"), "Arn"] },
            },
          },
        ],
      },
      VersioningConfiguration: { Status: "Enabled" },
      LoggingConfiguration: { DestinationBucketName: Match.anyValue(), LogFilePrefix: "runs/" },
      LifecycleConfiguration: {
        Rules: [
          Match.objectLike({
            Status: "Enabled",
            ExpirationInDays: 400,
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          }),
        ],
      },
    });
  });
});

test("the external id is generated, encrypted with the data key, and in no environment variable", () => {
  prod.template.hasResourceProperties("AWS::SecretsManager::Secret", {
    Name: "orgsweep/external-id",
    GenerateSecretString: { PasswordLength: 40, ExcludePunctuation: true },
    KmsKeyId: { "Fn::GetAtt": [Match.stringLikeRegexp("^EncryptionData"), "Arn"] },
    SecretString: Match.absent(),
  });
  for (const [, { Properties }] of resources(prod, "AWS::Lambda::Function")) {
    expect(Properties.Environment.Variables.EXTERNAL_ID_SECRET).toEqual({
      Ref: expect.stringMatching(/^ExternalIdSecret/),
    });
  }
});

test("the keys are rotated", () => {
  prod.template.allResourcesProperties("AWS::KMS::Key", { EnableKeyRotation: true });
  prod.template.resourceCountIs("AWS::KMS::Key", 2);
});
