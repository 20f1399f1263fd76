/** The metrics that the functions tell: names, units and dimensions are those of `crates/audit/metrics.json`. */
import { readFileSync } from "node:fs";
import { Duration } from "aws-cdk-lib";
import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { Config } from "./config.ts";
import { type FunctionName, functionName } from "./names.ts";

/** What is told, as the functions' crates list it. */
export const METRICS: {
  namespace: string;
  metrics: Record<string, { unit: string; dimensions: string[] }>;
} = JSON.parse(readFileSync(new URL("../../crates/audit/metrics.json", import.meta.url), "utf8"));

/** Dimensions of a metric. Throws for a name that no function tells. */
function dimensionsOf(name: string): string[] {
  const told = METRICS.metrics[name];
  if (!told) {
    throw new Error(`no function tells the metric \`${name}\``);
  }
  return told.dimensions;
}

/** A metric of runs: `aggregate` tells it once per run. */
export function runMetric(config: Config, metricName: string, statistic: string): Metric {
  dimensionsOf(metricName);
  return new Metric({
    namespace: METRICS.namespace,
    metricName,
    dimensionsMap: { FunctionName: functionName(config, "aggregate") },
    statistic,
    period: Duration.hours(1),
  });
}

/** One line for each value of a metric's second dimension: severities, APIs. */
export function everyMetric(config: Config, metricName: string, functions: FunctionName[]): MathExpression {
  const schema = [METRICS.namespace, ...dimensionsOf(metricName)].join(",");
  const names = functions.map((it) => `"${functionName(config, it)}"`).join(" OR ");
  return new MathExpression({
    expression: `SEARCH('{${schema}} MetricName="${metricName}" FunctionName=(${names})', 'Sum', 3600)`,
    label: "",
    period: Duration.hours(1),
  });
}
