/** The alarms. Each has a heading of the same name in `docs/RUNBOOK.md`. */
import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  type Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { LambdaApplication } from "aws-cdk-lib/aws-codedeploy";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { Api } from "./api.ts";
import type { Config } from "./config.ts";
import type { Functions } from "./functions.ts";
import { runMetric } from "./metrics.ts";
import { camel } from "./names.ts";
import type { Schedule } from "./schedule.ts";
import { TIMEOUT_SECONDS } from "./state-machine.ts";
import type { SweepFunction } from "./sweep-function.ts";

/** Seconds that an invocation may last: auditors hand over at 870, Lambda ends them at 900. */
const LONGEST_SECONDS = 890;

/** The share of its time that a run may take before somebody should look. */
const RUN_SHARE = 0.8;

interface AlarmProps {
  readonly heading: string;
  readonly means: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly comparison?: ComparisonOperator;
  readonly missing?: TreatMissingData;
  readonly evaluationPeriods?: number;
}

/** What the alarms watch. */
export interface AlarmsProps {
  readonly config: Config;
  readonly topic: ITopic;
  readonly functions: Functions;
  readonly stateMachine: StateMachine;
  readonly schedule: Schedule;
  /** Notices that could not be delivered. */
  readonly notices: Queue;
  readonly api?: Api;
}

/** All alarms, and the gradual deployments that two of them may roll back. */
export class Alarms extends Construct {
  readonly all: Alarm[] = [];
  readonly coverage: Metric;
  private readonly config: Config;
  private readonly action: SnsAction;

  constructor(scope: Construct, props: AlarmsProps) {
    super(scope, "Alarms");
    this.config = props.config;
    this.action = new SnsAction(props.topic);
    this.coverage = runMetric(props.config, "CoveragePercent", "Minimum");
    this.runs(props.stateMachine);
    this.deliveries(props);
    this.functions(props.functions);
    this.requests(props.api);
  }

  private runs(stateMachine: StateMachine): void {
    const ended = (name: string) =>
      stateMachine.metric(name, { statistic: "Sum", period: Duration.minutes(5) });
    this.alarm("RunFailed", {
      heading: "Run failed",
      means: "A run failed: its findings and coverage are not up to date.",
      metric: ended("ExecutionsFailed"),
      threshold: 1,
    });
    this.alarm("RunTimedOut", {
      heading: "Run timed out",
      means: "A run took longer than the definition allows.",
      metric: ended("ExecutionsTimedOut"),
      threshold: 1,
    });
    this.alarm("RunNearItsLimit", {
      heading: "Run near its time limit",
      means: `A run took more than ${RUN_SHARE * 100} % of the time that the definition allows.`,
      metric: stateMachine.metricTime({ statistic: "Maximum", period: Duration.minutes(5) }),
      threshold: RUN_SHARE * TIMEOUT_SECONDS * 1000,
    });
    this.alarm("CoverageLow", {
      heading: "Coverage too low",
      means: `A run saw less than ${this.config.minimum_coverage_percent} % of its scopes completely.`,
      metric: this.coverage,
      threshold: this.config.minimum_coverage_percent,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    });
  }

  private deliveries({ schedule, notices, stateMachine }: AlarmsProps): void {
    this.alarm("NoticeUndelivered", {
      heading: "Notice not delivered",
      means: "A run ended, and the topic could not be told.",
      metric: notices.metricApproximateNumberOfMessagesVisible({ statistic: "Maximum" }),
      threshold: 1,
    });
    const { schedule: expression, run_at_least_every_hours: atLeastEveryHours } = this.config;
    this.alarm("StartUndelivered", {
      heading: "Start not delivered",
      means: "The schedule could not start a run and gave up.",
      metric: schedule.undelivered.metricApproximateNumberOfMessagesVisible({ statistic: "Maximum" }),
      threshold: 1,
    });
    if (!expression) {
      return;
    }
    const hours = Math.min(atLeastEveryHours, 24);
    this.alarm("RunNotStarted", {
      heading: "Run not started",
      means: `No run started within ${atLeastEveryHours} hours.`,
      metric: stateMachine.metric("ExecutionsStarted", { statistic: "Sum", period: Duration.hours(hours) }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      missing: TreatMissingData.BREACHING,
      evaluationPeriods: Math.ceil(atLeastEveryHours / 24),
    });
  }

  private functions(functions: Functions): void {
    const application = new LambdaApplication(this, "Application", { applicationName: this.config.name });
    this.alarm("FunctionsThrottled", {
      heading: "Functions throttled",
      means: "Lambda refused invocations: the sweep is slower, and accounts may be missed.",
      metric: over(functions.all, "Throttles", "Sum", "SUM"),
      threshold: 1,
      evaluationPeriods: 3,
    });
    this.alarm("FunctionNearItsLimit", {
      heading: "Function near its time limit",
      means: `An invocation lasted more than ${LONGEST_SECONDS} of 900 seconds.`,
      metric: over(functions.all, "Duration", "Maximum", "MAX"),
      threshold: LONGEST_SECONDS * 1000,
    });
    for (const it of functions.all) {
      const alarm = this.alarm(`${it.node.id}Errors`, {
        heading: "Function errors",
        means: `The function ${it.node.id} failed often. A deployment in progress is rolled back.`,
        metric: it.metric("Errors", "Sum"),
        threshold: 5,
      });
      it.deployGradually(application, this.config, alarm);
    }
  }

  private requests(api?: Api): void {
    if (api) {
      this.alarm("RequestsFailing", {
        heading: "Requests failing",
        means: "The API could not answer, through no fault of who asked.",
        metric: api.metric("5xx", "Sum"),
        threshold: 5,
      });
    }
  }

  private alarm(id: string, props: AlarmProps): Alarm {
    const alarm = new Alarm(this, id, {
      alarmName: `${this.config.name}-${id}`,
      alarmDescription: `${props.means} See docs/RUNBOOK.md#${anchor(props.heading)}`,
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: props.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: props.evaluationPeriods ?? 1,
      treatMissingData: props.missing ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(this.action);
    this.all.push(alarm);
    return alarm;
  }
}

/** One number for all functions. */
function over(
  functions: SweepFunction[],
  metricName: string,
  statistic: string,
  combine: "SUM" | "MAX",
): MathExpression {
  const metrics = functions.map((it) => [`m${camel(it.node.id)}`, it.metric(metricName, statistic)] as const);
  return new MathExpression({
    expression: `${combine}([${metrics.map(([id]) => id).join(", ")}])`,
    usingMetrics: Object.fromEntries(metrics),
    label: metricName,
    period: Duration.minutes(5),
  });
}

/** The anchor of a heading, as renderers of Markdown make it. */
export const anchor = (heading: string) => heading.toLowerCase().replaceAll(" ", "-");
