/** Tells people and programs: what runs changed, how they ended, and which alarms went off. */
import { Aws, Stack } from "aws-cdk-lib";
import { EventField, type IRuleTarget, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { Config } from "./config.ts";
import { deadLetters } from "./dead-letters.ts";
import type { Encryption } from "./encryption.ts";

/** The topic. */
export class Notifications extends Construct {
  readonly topic: Topic;
  /** Notices of runs that ended which could not be delivered. */
  readonly undelivered: Queue;
  private readonly config: Config;
  private readonly key: IKey;

  constructor(scope: Construct, config: Config, encryption: Encryption) {
    super(scope, "Notifications");
    this.config = config;
    this.key = encryption.operations;
    this.topic = new Topic(this, "Topic", {
      topicName: `${config.name}-notifications`,
      masterKey: encryption.operations,
      enforceSSL: true,
    });
    for (const email of config.notify) {
      this.topic.addSubscription(new EmailSubscription(email));
    }
    this.undelivered = deadLetters(
      this,
      "Undelivered",
      `${config.name}-undelivered-notices`,
      encryption.operations,
    );
    const stack = Stack.of(this);
    this.allow("cloudwatch", stack.formatArn({ service: "cloudwatch", resource: `alarm:${config.name}-*` }));
    const rule = { service: "events", resource: "rule", resourceName: `${config.name}-run-ended` };
    this.allow("events", stack.formatArn(rule));
    this.undelivered.addToResourcePolicy(
      from("events", "sqs:SendMessage", this.undelivered.queueArn, stack.formatArn(rule)),
    );
  }

  /** Tells the topic how runs end that did not succeed. */
  tellEndsOf(stateMachine: StateMachine): void {
    const { config } = this;
    new Rule(this, "RunEnded", {
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
  }

  /** The bus that is told: the account's own, where every rule can listen. */
  get busName(): string {
    return "default";
  }

  /** What the state machine needs to tell what a run changed: this topic, this bus, this sender, and no others. */
  statements(): PolicyStatement[] {
    const stack = Stack.of(this);
    const bus = stack.formatArn({ service: "events", resource: "event-bus", resourceName: this.busName });
    return [
      new PolicyStatement({ actions: ["sns:Publish"], resources: [this.topic.topicArn] }),
      new PolicyStatement({
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: [this.key.keyArn],
        conditions: { StringEquals: { "kms:ViaService": `sns.${stack.region}.amazonaws.com` } },
      }),
      new PolicyStatement({
        actions: ["events:PutEvents"],
        resources: [bus],
        conditions: { StringEquals: { "events:source": "orgsweep" } },
      }),
      ...this.mail(stack),
    ];
  }

  private mail(stack: Stack): PolicyStatement[] {
    const { mail } = this.config;
    if (!mail) {
      return [];
    }
    const identity = mail.identity ?? mail.from.split("@")[1];
    return [
      new PolicyStatement({
        actions: ["ses:SendEmail"],
        resources: [stack.formatArn({ service: "ses", resource: "identity", resourceName: identity })],
        conditions: { StringEquals: { "ses:FromAddress": mail.from } },
      }),
    ];
  }

  /** The topic as a target; what may publish is decided in one place, below. */
  private target(config: Config): IRuleTarget {
    const name = EventField.fromPath("$.detail.name");
    const text = `${config.name}: run ${name} ended with ${EventField.fromPath("$.detail.status")}. orgsweep runs tells why.`;
    const deadLetterConfig = { arn: this.undelivered.queueArn };
    const input = RuleTargetInput.fromText(text);
    return { bind: () => ({ arn: this.topic.topicArn, input, deadLetterConfig }) };
  }

  private allow(service: string, source: string): void {
    this.topic.addToResourcePolicy(from(service, "sns:Publish", this.topic.topicArn, source));
  }
}

/** Lets a service do something for a resource of this account: the source's ARN names the account. */
function from(service: string, action: string, resource: string, source: string): PolicyStatement {
  return new PolicyStatement({
    sid: `From${service}`,
    principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
    actions: [action],
    resources: [resource],
    conditions: {
      StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID },
      ArnLike: { "aws:SourceArn": source },
    },
  });
}
