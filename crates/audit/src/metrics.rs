//! What is measured, in the embedded metric format: a line of JSON on standard output that CloudWatch Logs turns into
//! metrics (CloudWatch User Guide, "Specification: Embedded metric format"). The lines are pure; one function prints.

use std::collections::BTreeMap;
use std::io::Write;

use aws::calls::Calls;
use aws::settings::optional;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// The namespace of all metrics.
pub const NAMESPACE: &str = "orgsweep";

/// The dimension that all metrics have: the name of the function, which begins with that of the environment.
const FUNCTION: &str = "FunctionName";

/// A metric. `metrics.json` lists them for the alarms and the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Accounts of a run of which at least one scope was seen.
    AccountsSwept,
    /// Facts and scopes that a run could not see.
    Gaps,
    /// Share of a run's scopes that were seen completely, of those that were not skipped.
    CoveragePercent,
    /// Findings that a run opened, or that stand again; by severity.
    FindingsOpened,
    /// Findings that a run resolved; by severity.
    FindingsResolved,
    /// From the start of the execution until it was summed up.
    RunDuration,
    /// Calls of AWS APIs, retries included; by API.
    ApiCalls,
    /// Calls that AWS throttled; by API, and only where there are some.
    ApiThrottles,
}

impl Metric {
    /// All metrics.
    pub const ALL: [Self; 8] = [
        Self::AccountsSwept,
        Self::Gaps,
        Self::CoveragePercent,
        Self::FindingsOpened,
        Self::FindingsResolved,
        Self::RunDuration,
        Self::ApiCalls,
        Self::ApiThrottles,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AccountsSwept => "AccountsSwept",
            Self::Gaps => "Gaps",
            Self::CoveragePercent => "CoveragePercent",
            Self::FindingsOpened => "FindingsOpened",
            Self::FindingsResolved => "FindingsResolved",
            Self::RunDuration => "RunDuration",
            Self::ApiCalls => "ApiCalls",
            Self::ApiThrottles => "ApiThrottles",
        }
    }

    /// Its unit (CloudWatch API Reference, `MetricDatum`, `Unit`).
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::CoveragePercent => "Percent",
            Self::RunDuration => "Seconds",
            _ => "Count",
        }
    }

    /// The dimension that it has besides the function, if any.
    #[must_use]
    pub fn dimension(self) -> Option<&'static str> {
        match self {
            Self::FindingsOpened | Self::FindingsResolved => Some("Severity"),
            Self::ApiCalls | Self::ApiThrottles => Some("Api"),
            _ => None,
        }
    }
}

/// Values that share their dimensions.
#[derive(Debug, Clone, PartialEq)]
pub struct Readings {
    /// Value of the second dimension, if the metrics have one.
    pub of: Option<String>,
    /// The metrics and their values.
    pub values: Vec<(Metric, f64)>,
}

/// The readings of the calls of an invocation.
#[must_use]
pub fn of_calls(calls: &BTreeMap<String, Calls>) -> Vec<Readings> {
    let reading = |(api, calls): (&String, &Calls)| {
        let throttled =
            (calls.throttled > 0).then_some((Metric::ApiThrottles, number(calls.throttled)));
        let made = (Metric::ApiCalls, number(calls.made));
        Readings {
            of: Some(api.clone()),
            values: std::iter::once(made).chain(throttled).collect(),
        }
    };
    calls.iter().map(reading).collect()
}

/// A count as metrics take it.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    reason = "metrics are doubles; nothing counts beyond 2^53"
)]
pub fn number(count: u64) -> f64 {
    count as f64
}

/// One line in the embedded metric format.
#[must_use]
pub fn line(function: &str, at: Timestamp, readings: &Readings) -> String {
    let dimension = readings
        .values
        .iter()
        .find_map(|(metric, _)| metric.dimension());
    let names: Vec<&str> = std::iter::once(FUNCTION).chain(dimension).collect();
    let metrics: Vec<Value> = readings
        .values
        .iter()
        .map(|(metric, _)| json!({"Name": metric.name(), "Unit": metric.unit()}))
        .collect();
    let mut document = Map::new();
    document.insert(
        "_aws".to_owned(),
        json!({
            "Timestamp": at.as_millisecond(),
            "CloudWatchMetrics": [{"Namespace": NAMESPACE, "Dimensions": [names], "Metrics": metrics}],
        }),
    );
    document.insert(FUNCTION.to_owned(), json!(function));
    if let (Some(dimension), Some(of)) = (dimension, &readings.of) {
        document.insert(dimension.to_owned(), json!(of));
    }
    for (metric, value) in &readings.values {
        document.insert(metric.name().to_owned(), json!(value));
    }
    Value::Object(document).to_string()
}

/// Prints readings, one line each. Outside Lambda, where no function has a name, nothing is printed.
pub fn emit(readings: &[Readings]) {
    let Ok(Some(function)) = optional::<String>("AWS_LAMBDA_FUNCTION_NAME") else {
        return;
    };
    let at = Timestamp::now();
    let mut out = std::io::stdout().lock();
    for readings in readings {
        // A metric that cannot be written must not fail what it measures.
        writeln!(out, "{}", line(&function, at, readings)).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_in_the_embedded_metric_format() {
        let readings = of_calls(
            &[(
                "kms:DescribeKey".to_owned(),
                Calls {
                    made: 7,
                    throttled: 2,
                },
            )]
            .into(),
        );
        let at = "2026-11-20T14:04:33.007Z".parse().unwrap();
        let document: Value =
            serde_json::from_str(&line("orgsweep-audit-kms", at, &readings[0])).unwrap();
        assert_eq!(
            document,
            json!({
                "_aws": {"Timestamp": 1_795_183_473_007_i64, "CloudWatchMetrics": [{
                    "Namespace": "orgsweep", "Dimensions": [["FunctionName", "Api"]],
                    "Metrics": [{"Name": "ApiCalls", "Unit": "Count"}, {"Name": "ApiThrottles", "Unit": "Count"}],
                }]},
                "FunctionName": "orgsweep-audit-kms", "Api": "kms:DescribeKey",
                "ApiCalls": 7.0, "ApiThrottles": 2.0,
            })
        );
    }

    #[test]
    fn an_api_that_was_not_throttled_has_no_throttles() {
        let calls = [(
            "sts:AssumeRole".to_owned(),
            Calls {
                made: 1,
                throttled: 0,
            },
        )]
        .into();
        assert_eq!(of_calls(&calls)[0].values, [(Metric::ApiCalls, 1.0)]);
    }

    /// The alarms and the dashboard are made from that file.
    #[test]
    fn the_committed_metrics_are_those_of_the_functions() {
        let metric = |metric: Metric| {
            let dimensions: Vec<&str> = std::iter::once(FUNCTION)
                .chain(metric.dimension())
                .collect();
            (
                metric.name().to_owned(),
                json!({"unit": metric.unit(), "dimensions": dimensions}),
            )
        };
        let metrics: Map<String, Value> = Metric::ALL.into_iter().map(metric).collect();
        let current = json!({"namespace": NAMESPACE, "metrics": metrics});
        let committed: Value = serde_json::from_str(include_str!("../metrics.json")).unwrap();
        assert!(
            committed == current,
            "write this text to crates/audit/metrics.json:\n{current:#}"
        );
    }
}
