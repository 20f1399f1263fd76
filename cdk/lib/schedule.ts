/** Starts runs at the hours of the configuration. */
import { Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSchedule, CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { Config } from "./config.ts";
import { deadLetters } from "./dead-letters.ts";
import type { Encryption } from "./encryption.ts";

/** An expression for a schedule that is off. */
const NEVER = "rate(7 days)";

/** The schedule, and the queue of starts that failed. */
export class Schedule extends Construct {
  /** Starts that the scheduler gave up. */
  readonly undelivered: Queue;

  constructor(scope: Construct, config: Config, encryption: Encryption, stateMachine: StateMachine) {
    super(scope, "Schedule");
    this.undelivered = deadLetters(
      this,
      "Undelivered",
      `${config.name}-undelivered-starts`,
      encryption.operations,
    );
    const group = new CfnScheduleGroup(this, "Group", { name: config.name });
    const role = this.role(config, encryption, stateMachine);
    const minutes = config.schedule_window_minutes;
    const schedule = new CfnSchedule(this, "Runs", {
      name: `${config.name}-runs`,
      description: "Starts a run",
      groupName: group.ref,
      state: config.schedule ? "ENABLED" : "DISABLED",
      scheduleExpression: config.schedule ?? NEVER,
      scheduleExpressionTimezone: config.schedule_timezone,
      flexibleTimeWindow:
        minutes > 0 ? { mode: "FLEXIBLE", maximumWindowInMinutes: minutes } : { mode: "OFF" },
      kmsKeyArn: encryption.operations.keyArn,
      target: {
        arn: stateMachine.stateMachineArn,
        roleArn: role.roleArn,
        input: JSON.stringify(sweepInput(config)),
        deadLetterConfig: { arn: this.undelivered.queueArn },
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
      },
    });
    schedule.node.addDependency(role);
  }

  private role(config: Config, encryption: Encryption, stateMachine: StateMachine): Role {
    const group = Stack.of(this).formatArn({
      service: "scheduler",
      resource: "schedule-group",
      resourceName: config.name,
    });
    const role = new Role(this, "Role", {
      description: "What the schedule may do",
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account, "aws:SourceArn": group } },
      }),
    });
    const allow = (actions: string[], resource: string) =>
      role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
    allow(["states:StartExecution"], stateMachine.stateMachineArn);
    allow(["sqs:SendMessage"], this.undelivered.queueArn);
    allow(["kms:Decrypt", "kms:GenerateDataKey"], encryption.operations.keyArn);
    return role;
  }
}

/** The input of a scheduled execution: `compliance::Sweep`, as it stands in the configuration. */
export const sweepInput = (config: Config): object => config.sweep;
