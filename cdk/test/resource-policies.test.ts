import { describe, expect, test } from "vitest";
import { type Statement, statementsOf } from "./policies.ts";
import { environments, resources } from "./synthesized.ts";

const { prod, closed } = environments();
const template = prod.template.toJSON();

/** Allow statements whose principal is a service of AWS, by logical id of the resource that has them. */
function toServices(type: string, property: string): [string, Statement][] {
  return resources(prod, type).flatMap(([id, { Properties }]) =>
    statementsOf(template, Properties[property])
      .filter((it) => it.Effect === "Allow" && it.Principal && "Service" in it.Principal)
      .map((it): [string, Statement] => [id, it]),
  );
}

/** Lambda and CodeDeploy assume a role for functions that only this account could give it to (`iam:PassRole`). */
const PASSED_BY_THIS_ACCOUNT = ["lambda.amazonaws.com", "codedeploy.amazonaws.com"];

describe("a service of AWS acts for this account only", () => {
  const statements = [
    ...toServices("AWS::KMS::Key", "KeyPolicy"),
    ...toServices("AWS::SNS::TopicPolicy", "PolicyDocument"),
    ...toServices("AWS::SQS::QueuePolicy", "PolicyDocument"),
    ...toServices("AWS::S3::BucketPolicy", "PolicyDocument"),
    ...toServices("AWS::IAM::Role", "AssumeRolePolicyDocument").filter(
      ([, it]) => !PASSED_BY_THIS_ACCOUNT.includes(String(it.Principal?.Service)),
    ),
  ];

  test.each(statements)("%s", (_, statement) => {
    const condition = JSON.stringify(statement.Condition ?? {});
    expect(condition).toMatch(/aws:SourceAccount|kms:EncryptionContext:aws:logs:arn/);
    expect(condition).toMatch(/aws:SourceArn|kms:EncryptionContext:aws:logs:arn/);
    expect(condition).toContain("111122223333");
  });

  test("in all places where one may", () => {
    expect(statements.map(([id]) => id.replace(/[0-9A-F]{8}$/, "")).sort()).toEqual([
      "EncryptionOperations",
      "EncryptionOperations",
      "EncryptionOperations",
      "NotificationsTopicPolicy",
      "NotificationsTopicPolicy",
      "NotificationsUndeliveredPolicy",
      "RunBucketAccessLogsPolicy",
      "ScheduleRole",
      "SweepRole",
    ]);
  });
});

describe("without TLS", () => {
  test.each([
    ["AWS::SNS::TopicPolicy", "sns:Publish"],
    ["AWS::SQS::QueuePolicy", "sqs:*"],
  ])("%s refuses", (type, action) => {
    for (const [, { Properties }] of resources(prod, type)) {
      const denials = statementsOf(template, Properties.PolicyDocument).filter((it) => it.Effect === "Deny");
      expect(denials).toContainEqual(
        expect.objectContaining({
          Action: [action],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      );
    }
  });
});

test("nobody outside this account is let in", () => {
  for (const type of [
    "AWS::KMS::Key",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::S3::BucketPolicy",
  ]) {
    for (const [id, { Properties }] of resources(prod, type)) {
      const allowed = statementsOf(template, Properties.KeyPolicy ?? Properties.PolicyDocument).filter(
        (it) => it.Effect === "Allow" && it.Principal && !("Service" in it.Principal),
      );
      for (const { Principal } of allowed) {
        expect(JSON.stringify(Principal), id).toContain("111122223333:root");
      }
    }
  }
});

describe("every role", () => {
  const roles = resources(closed, "AWS::IAM::Role");

  test.each(roles)("%s is bounded where the configuration names a boundary", (_, { Properties }) => {
    expect(JSON.stringify(Properties.PermissionsBoundary)).toContain("policy/orgsweep-boundary");
  });

  test("is tagged, like everything else that can be", () => {
    const tags = [
      { Key: "application", Value: "orgsweep" },
      { Key: "environment", Value: "prod" },
    ];
    for (const type of [
      "AWS::IAM::Role",
      "AWS::S3::Bucket",
      "AWS::Lambda::Function",
      "AWS::KMS::Key",
      "AWS::SNS::Topic",
    ]) {
      prod.template.allResourcesProperties(type, { Tags: tags });
    }
    prod.template.allResourcesProperties("AWS::DynamoDB::Table", { Tags: tags });
    prod.template.allResourcesProperties("AWS::StepFunctions::StateMachine", { Tags: tags });
  });
});

test("every log group is encrypted and forgets", () => {
  for (const it of [prod, closed]) {
    const groups = resources(it, "AWS::Logs::LogGroup");
    expect(groups.length).toBeGreaterThan(5);
    for (const [id, { Properties }] of groups) {
      expect(Properties, id).toMatchObject({ RetentionInDays: 365, KmsKeyId: expect.anything() });
    }
  }
});
