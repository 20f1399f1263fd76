/** Tells people: how runs ended, and which alarms went off. */
import { Stack } from "aws-cdk-lib";
import { EventField, type IRuleTarget, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { Config } from "./config.ts";
import type { Encryption } from "./encryption.ts";

/** The topic, and the rule that tells it how runs ended. */
export class Notifications extends Construct {
  readonly topic: Topic;
  readonly rule: Rule;

  constructor(scope: Construct, config: Config, encryption: Encryption, stateMachine: StateMachine) {
    super(scope, "Notifications");
    this.topic = new Topic(this, "Topic", {
      topicName: `${config.name}-notifications`,
      masterKey: encryption.operations,
      enforceSSL: true,
    });
    for (const email of config.notify) {
      this.topic.addSubscription(new EmailSubscription(email));
    }
    this.rule = new Rule(this, "RunEnded", {
      ruleName: `${config.name}-run-ended`,
      description: "A run ended",
      // Children of the Map have state machine ARNs with a label of their own and do not match.
      eventPattern: {
        source: ["aws.states"],
        detailType: ["Step Functions Execution Status Change"],
        detail: { stateMachineArn: [stateMachine.stateMachineArn], status: config.notify_on },
      },
      targets: [this.target(config)],
    });
    const stack = Stack.of(this);
    this.allow("cloudwatch", stack.formatArn({ service: "cloudwatch", resource: `alarm:${config.name}-*` }));
    this.allow(
      "events",
      stack.formatArn({ service: "events", resource: "rule", resourceName: `${config.name}-run-ended` }),
    );
  }

  /** The topic as a target; what may publish is decided in one place, below. */
  private target(config: Config): IRuleTarget {
    const name = EventField.fromPath("$.detail.name");
    const text = `${config.name}: run ${name} ended with ${EventField.fromPath("$.detail.status")}. orgsweep runs tells why.`;
    return { bind: () => ({ arn: this.topic.topicArn, input: RuleTargetInput.fromText(text) }) };
  }

  private allow(service: string, source: string): void {
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: `From${service}`,
        principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { "aws:SourceAccount": Stack.of(this).account },
          ArnLike: { "aws:SourceArn": source },
        },
      }),
    );
  }
}
