import { readFileSync } from "node:fs";
import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { anchor } from "../lib/alarms.ts";
import { METRICS } from "../lib/metrics.ts";
import { DEFINITION } from "../lib/state-machine.ts";
import { written } from "./policies.ts";
import { environments, resources } from "./synthesized.ts";

const { prod, dev } = environments();
const runbook = readFileSync(new URL("../../docs/RUNBOOK.md", import.meta.url), "utf8");
const sections = runbook.split(/^## /m).slice(1);
const headings = sections.map((it) => it.split("\n")[0] ?? "");
const alarms = resources(prod, "AWS::CloudWatch::Alarm").map(([, it]) => it.Properties);

describe("the runbook", () => {
  test("has a heading for each alarm, and no other", () => {
    const linked = alarms.map((it) => String(it.AlarmDescription).match(/docs\/RUNBOOK\.md#([a-z-]+)$/)?.[1]);
    expect([...new Set(linked)].sort()).toEqual(headings.map(anchor).sort());
  });

  test.each(sections.map((it) => [it.split("\n")[0], it]))(
    "says all there is to say about: %s",
    (_, section) => {
      for (const part of ["**Means.**", "**Look.**", "**Do.**", "**Redrive.**"]) {
        expect(section).toContain(part);
      }
    },
  );
});

describe("the alarms", () => {
  test("tell the topic", () => {
    prod.template.allResourcesProperties("AWS::CloudWatch::Alarm", {
      AlarmActions: [{ Ref: Match.stringLikeRegexp("^NotificationsTopic") }],
      AlarmName: Match.stringLikeRegexp("^orgsweep-"),
    });
    expect(alarms.length).toBe(15);
  });

  test.each([
    ["RunFailed", "ExecutionsFailed"],
    ["RunTimedOut", "ExecutionsTimedOut"],
  ])("%s goes off at the first %s", (name, MetricName) => {
    prod.template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      AlarmName: `orgsweep-${name}`,
      MetricName,
      Threshold: 1,
      TreatMissingData: "notBreaching",
    });
  });

  test("CoverageLow watches what aggregate tells, against the configured share", () => {
    prod.template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      AlarmName: "orgsweep-CoverageLow",
      Namespace: "orgsweep",
      MetricName: "CoveragePercent",
      Dimensions: [{ Name: "FunctionName", Value: "orgsweep-aggregate" }],
      ComparisonOperator: "LessThanThreshold",
      Threshold: 95,
    });
  });

  test("RunNearItsLimit goes off at four fifths of the definition's time limit", () => {
    prod.template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      AlarmName: "orgsweep-RunNearItsLimit",
      MetricName: "ExecutionTime",
      Statistic: "Maximum",
      Threshold: 0.8 * JSON.parse(DEFINITION).TimeoutSeconds * 1000,
    });
  });

  test("RunNotStarted goes off when nothing is heard of a start, and only where there is a schedule", () => {
    prod.template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      AlarmName: "orgsweep-RunNotStarted",
      MetricName: "ExecutionsStarted",
      Period: 86_400,
      EvaluationPeriods: 1,
      TreatMissingData: "breaching",
    });
    const names = resources(dev, "AWS::CloudWatch::Alarm").map(([, it]) => it.Properties.AlarmName);
    expect(names).not.toContain("orgsweep-dev-RunNotStarted");
  });

  test.each([
    ["StartUndelivered", "^ScheduleUndelivered"],
    ["NoticeUndelivered", "^NotificationsUndelivered"],
  ])("%s watches its queue", (name, queue) => {
    prod.template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      AlarmName: `orgsweep-${name}`,
      MetricName: "ApproximateNumberOfMessagesVisible",
      Dimensions: [
        {
          Name: "QueueName",
          Value: { "Fn::GetAtt": [Match.stringLikeRegexp(queue), "QueueName"] },
        },
      ],
      Threshold: 1,
    });
  });

  test.each([
    ["FunctionsThrottled", "SUM", "Throttles"],
    ["FunctionNearItsLimit", "MAX", "Duration"],
  ])("%s watches all five functions", (name, combine, metric) => {
    const alarm = alarms.find((it) => it.AlarmName === `orgsweep-${name}`);
    const [expression, ...metrics] = alarm.Metrics;
    expect(expression.Expression).toMatch(new RegExp(`^${combine}\\(\\[`));
    expect(
      metrics.map(
        (it: { MetricStat: { Metric: { MetricName: string } } }) => it.MetricStat.Metric.MetricName,
      ),
    ).toEqual(Array(5).fill(metric));
  });
});

test("the dashboard has a row for alarms, runs, what they found, functions, calls, tables, starts and requests", () => {
  const [, dashboard] = resources(prod, "AWS::CloudWatch::Dashboard")[0] ?? ["", undefined];
  const { widgets } = JSON.parse(written(prod.template.toJSON(), dashboard?.Properties.DashboardBody));
  const rows = new Map<number, string[]>();
  for (const { y, properties } of widgets) {
    rows.set(y, [...(rows.get(y) ?? []), properties.title]);
  }
  expect([...rows.values()]).toEqual([
    ["Alarms"],
    ["Runs", "Duration of runs", "Coverage"],
    ["Accounts swept, gaps", "Seconds from start to end", "Findings opened", "Findings resolved"],
    ["Functions: invocations", "Functions: errors", "Functions: throttles", "Functions: duration"],
    ["Calls of AWS", "Calls that AWS throttled"],
    ["Tables: written", "Tables: read"],
    ["Starts not delivered"],
    ["Requests", "Requests refused and failed", "Duration of requests"],
  ]);
});

test("alarms and dashboard show exactly the metrics that the functions tell", () => {
  const [, dashboard] = resources(prod, "AWS::CloudWatch::Dashboard")[0] ?? ["", undefined];
  const body = written(prod.template.toJSON(), dashboard?.Properties.DashboardBody);
  const text = `${body} ${JSON.stringify(alarms)}`.replaceAll("\\", "");
  const searched = [...text.matchAll(/\{orgsweep,([\w,]+)\} MetricName="(\w+)"/g)].map(
    ([, dimensions, name]) => [name, dimensions?.split(",")],
  );
  const named = [...text.matchAll(/"orgsweep","(\w+)","FunctionName"/g)].map(([, name]) => [
    name,
    ["FunctionName"],
  ]);
  const told = Object.entries(METRICS.metrics).map(([name, { dimensions }]) => [name, dimensions]);
  expect(Object.fromEntries([...searched, ...named])).toEqual(Object.fromEntries(told));
  for (const { Namespace, MetricName } of alarms) {
    expect(Namespace !== "orgsweep" || MetricName in METRICS.metrics).toBe(true);
  }
});
