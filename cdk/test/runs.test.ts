import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { camel, FUNCTIONS } from "../lib/names.ts";
import { sweepInput } from "../lib/schedule.ts";
import { DEFINITION } from "../lib/state-machine.ts";
import { identityPolicies } from "./policies.ts";
import { environments, resources } from "./synthesized.ts";

const { prod, dev } = environments();

describe("the state machine", () => {
  const [, machine] = resources(prod, "AWS::StepFunctions::StateMachine")[0] ?? ["", undefined];

  test("is the committed definition", () => {
    expect(JSON.parse(machine?.Properties.DefinitionString)).toEqual(JSON.parse(DEFINITION));
  });

  test("has a substitution for each placeholder of the definition, and no other", () => {
    const placeholders = new Set([...DEFINITION.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1]));
    expect(placeholders.size).toBe(FUNCTIONS.length + 3);
    expect(Object.keys(machine?.Properties.DefinitionSubstitutions).sort()).toEqual([...placeholders].sort());
  });

  test("calls each function through its alias", () => {
    for (const name of FUNCTIONS) {
      const value = machine?.Properties.DefinitionSubstitutions[`${camel(name)}FunctionArn`];
      expect(value.Ref).toMatch(
        new RegExp(`^Functions${camel(name)}FunctionAliaslive|^Functions${camel(name)}.*live`),
      );
    }
    const invoke = identityPolicies(prod).SweepRole?.find((it) =>
      it.Action.includes("lambda:InvokeFunction"),
    );
    expect(invoke?.Resource).toHaveLength(FUNCTIONS.length);
    expect(invoke?.Resource.every((it) => it.includes("live"))).toBe(true);
  });

  test("is traced, and logs every event without its payload", () => {
    expect(machine?.Properties).toMatchObject({
      StateMachineType: "STANDARD",
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: "ALL", IncludeExecutionData: false },
    });
  });
});

describe("the schedule", () => {
  test("starts runs in the configured time zone and window, with the configured scope", () => {
    prod.template.hasResourceProperties("AWS::Scheduler::Schedule", {
      State: "ENABLED",
      ScheduleExpression: "cron(0 2 * * ? *)",
      ScheduleExpressionTimezone: "Europe/Zurich",
      FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 30 },
      KmsKeyArn: Match.anyValue(),
      Target: {
        Arn: { Ref: Match.stringLikeRegexp("^SweepStateMachine") },
        Input: JSON.stringify(sweepInput(prod.config)),
        DeadLetterConfig: { Arn: { "Fn::GetAtt": [Match.stringLikeRegexp("^ScheduleUndelivered"), "Arn"] } },
      },
    });
  });

  test("is off where the configuration says so", () => {
    dev.template.hasResourceProperties("AWS::Scheduler::Schedule", {
      State: "DISABLED",
      FlexibleTimeWindow: { Mode: "OFF" },
    });
  });

  test("gives the state machine an input that it takes", () => {
    expect(sweepInput(dev.config)).toEqual({
      accounts: { include: [], exclude: [] },
      organizational_units: { include: ["ou-ab12-cdefgh34"] },
      account_tags: { include: {}, exclude: {} },
      regions: { include: ["eu-west-1", "us-east-1"] },
      services: [],
    });
  });

  test("keeps what it could not start in an encrypted queue, as all queues are", () => {
    prod.template.resourceCountIs("AWS::SQS::Queue", 2);
    prod.template.allResourcesProperties("AWS::SQS::Queue", {
      KmsMasterKeyId: { "Fn::GetAtt": [Match.stringLikeRegexp("^EncryptionOperations"), "Arn"] },
      MessageRetentionPeriod: 14 * 86_400,
    });
  });
});

describe("notifications", () => {
  test("tell how runs ended, and not how the children of their Maps did", () => {
    prod.template.hasResourceProperties("AWS::Events::Rule", {
      State: "ENABLED",
      EventPattern: {
        source: ["aws.states"],
        "detail-type": ["Step Functions Execution Status Change"],
        detail: {
          stateMachineArn: [{ Ref: Match.stringLikeRegexp("^SweepStateMachine") }],
          status: ["FAILED", "TIMED_OUT", "ABORTED"],
        },
      },
      Targets: [
        Match.objectLike({
          Arn: { Ref: Match.stringLikeRegexp("^NotificationsTopic") },
          DeadLetterConfig: {
            Arn: { "Fn::GetAtt": [Match.stringLikeRegexp("^NotificationsUndelivered"), "Arn"] },
          },
        }),
      ],
    });
  });

  test("go to the configured addresses over an encrypted topic", () => {
    prod.template.hasResourceProperties("AWS::SNS::Topic", { KmsMasterKeyId: Match.anyValue() });
    prod.template.hasResourceProperties("AWS::SNS::Subscription", {
      Protocol: "email",
      Endpoint: "security@example.com",
    });
    dev.template.resourceCountIs("AWS::SNS::Subscription", 0);
  });
});
