import { describe, expect, test } from "vitest";
import { identityPolicies } from "./policies.ts";
import { environments, resources, synthesize } from "./synthesized.ts";

const { prod, dev } = environments();

/** Statements of the state machine's role that have an action. */
const allowed = (it: typeof prod, action: string) =>
  (identityPolicies(it).SweepRole ?? []).filter((statement) => statement.Action.includes(action));

describe("the state machine tells what a run changed", () => {
  test("one topic, through its key", () => {
    expect(allowed(prod, "sns:Publish")).toMatchObject([
      { Resource: [expect.stringMatching(/:sns:.*NotificationsTopic/)] },
    ]);
    const keys = allowed(prod, "kms:GenerateDataKey").map((it) => JSON.stringify(it.Condition));
    expect(keys).toContainEqual('{"StringEquals":{"kms:ViaService":"sns.eu-west-1.amazonaws.com"}}');
  });

  test("one bus, as one source", () => {
    expect(allowed(prod, "events:PutEvents")).toMatchObject([
      {
        Resource: ["arn:aws:events:eu-west-1:111122223333:event-bus/default"],
        Condition: { StringEquals: { "events:source": "orgsweep" } },
      },
    ]);
  });

  test("by mail as one sender, if mail is wanted", () => {
    expect(allowed(prod, "ses:SendEmail")).toMatchObject([
      {
        Resource: ["arn:aws:ses:eu-west-1:111122223333:identity/example.com"],
        Condition: { StringEquals: { "ses:FromAddress": "orgsweep@example.com" } },
      },
    ]);
    expect(allowed(dev, "ses:SendEmail")).toEqual([]);
    const mail = { from: "a@example.com", to: ["b@example.com"], identity: "a@example.com" };
    const [statement] = allowed(synthesize("prod", { mail }), "ses:SendEmail");
    expect(statement?.Resource).toEqual(["arn:aws:ses:eu-west-1:111122223333:identity/a@example.com"]);
  });
});

test("nobody reaches the topic without TLS, and it is encrypted with a key of ours", () => {
  const [[, topic] = []] = resources(prod, "AWS::SNS::Topic");
  expect(JSON.stringify(topic?.Properties.KmsMasterKeyId)).toMatch(/EncryptionOperations/);
  const policy = JSON.stringify(resources(prod, "AWS::SNS::TopicPolicy"));
  expect(policy).toContain('"aws:SecureTransport":"false"');
});
