/** One dashboard, one row per subsystem. */
import { Duration } from "aws-cdk-lib";
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import type { Api } from "./api.ts";
import type { Config } from "./config.ts";
import type { Functions } from "./functions.ts";
import { everyMetric, runMetric } from "./metrics.ts";
import { FUNCTIONS } from "./names.ts";
import type { SweepFunction } from "./sweep-function.ts";

const WIDTH = 24;
const PERIOD = Duration.minutes(5);

/** What the dashboard shows. */
export interface OverviewProps {
  readonly config: Config;
  readonly alarms: Alarms;
  readonly stateMachine: StateMachine;
  readonly functions: Functions;
  readonly tables: Table[];
  readonly undelivered: Queue;
  readonly api?: Api;
}

/** The dashboard. */
export class Overview extends Construct {
  constructor(scope: Construct, props: OverviewProps) {
    super(scope, "Overview");
    new Dashboard(this, "Dashboard", {
      dashboardName: props.config.name,
      defaultInterval: Duration.days(7),
      widgets: [alarmRow, runRow, foundRow, functionRow, callRow, tableRow, startRow, apiRow]
        .map((row) => row(props))
        .filter((widgets) => widgets.length > 0),
    });
  }
}

function alarmRow({ alarms }: OverviewProps): IWidget[] {
  return [new AlarmStatusWidget({ title: "Alarms", width: WIDTH, height: 3, alarms: alarms.all })];
}

function runRow({ stateMachine, alarms }: OverviewProps): IWidget[] {
  const sum = (name: string) => stateMachine.metric(name, { statistic: "Sum", period: Duration.hours(1) });
  const ends = ["ExecutionsStarted", "ExecutionsSucceeded", "ExecutionsFailed", "ExecutionsTimedOut"];
  return row(
    ["Runs", ends.map(sum)],
    ["Duration of runs", [stateMachine.metricTime({ statistic: "Maximum", period: Duration.hours(1) })]],
    ["Coverage", [alarms.coverage]],
  );
}

function foundRow({ config }: OverviewProps): IWidget[] {
  const found = (name: string) => everyMetric(config, name, ["aggregate"]);
  return row(
    [
      "Accounts swept, gaps",
      [runMetric(config, "AccountsSwept", "Maximum"), runMetric(config, "Gaps", "Maximum")],
    ],
    ["Seconds from start to end", [runMetric(config, "RunDuration", "Maximum")]],
    ["Findings opened", [found("FindingsOpened")]],
    ["Findings resolved", [found("FindingsResolved")]],
  );
}

function callRow({ config }: OverviewProps): IWidget[] {
  return row(
    ["Calls of AWS", [everyMetric(config, "ApiCalls", [...FUNCTIONS])]],
    ["Calls that AWS throttled", [everyMetric(config, "ApiThrottles", [...FUNCTIONS])]],
  );
}

function functionRow({ functions }: OverviewProps): IWidget[] {
  const of = (name: string, statistic: string): [string, IMetric[]] => [
    `Functions: ${name.toLowerCase()}`,
    functions.all.map((it: SweepFunction) => it.metric(name, statistic)),
  ];
  return row(
    of("Invocations", "Sum"),
    of("Errors", "Sum"),
    of("Throttles", "Sum"),
    of("Duration", "Maximum"),
  );
}

function tableRow({ tables }: OverviewProps): IWidget[] {
  const of = (metric: (table: Table) => IMetric) => tables.map(metric);
  return row(
    ["Tables: written", of((it) => it.metricConsumedWriteCapacityUnits({ period: PERIOD }))],
    ["Tables: read", of((it) => it.metricConsumedReadCapacityUnits({ period: PERIOD }))],
  );
}

function startRow({ undelivered }: OverviewProps): IWidget[] {
  return row(["Starts not delivered", [undelivered.metricApproximateNumberOfMessagesVisible()]]);
}

function apiRow({ api }: OverviewProps): IWidget[] {
  if (!api) {
    return [];
  }
  return row(
    ["Requests", [api.metric("Count", "Sum")]],
    ["Requests refused and failed", [api.metric("4xx", "Sum"), api.metric("5xx", "Sum")]],
    ["Duration of requests", [api.metric("Latency", "p95")]],
  );
}

function row(...graphs: [title: string, left: IMetric[]][]): IWidget[] {
  return graphs.map(([title, left]) => new GraphWidget({ title, left, width: WIDTH / graphs.length }));
}
