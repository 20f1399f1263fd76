//! One custom policy, compiled, and what it is asked.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use compliance::Observation;
use serde_json::{Map, Value};

use super::Limits;
use crate::catalog::Policy;
use crate::error::Cause;
use crate::fields::{always_read, fields_of};
use crate::input::input;
use crate::parameters::Parameters;
use crate::program::{Document, Program};

/// A custom policy.
#[derive(Debug)]
pub(crate) struct CustomPolicy {
    pub(crate) policy: Policy,
    /// Path relative to the folder of custom policies.
    pub(super) path: String,
    pub(super) program: Program,
    /// Whether its text, or that of a library that it uses, names `analysis`.
    pub(super) names_analysis: bool,
    pub(super) overtime: Overtime,
}

impl CustomPolicy {
    /// The input of this policy: of the fields that may be unread those in `reads`, and the analysis of nothing else.
    pub(super) fn input(&self, whole: &Value, parameters: &Parameters) -> Value {
        let Value::Object(whole) = whole else {
            return Value::Object(Map::new());
        };
        let mut seen = self.without_unnamed(whole);
        if self.names_analysis {
            let analysis = self.analysis(&seen, parameters);
            seen.insert("analysis".to_owned(), analysis);
        }
        Value::Object(seen)
    }

    /// The analysis of a resource of which only these fields were read; empty if there is none.
    fn analysis(&self, seen: &Map<String, Value>, parameters: &Parameters) -> Value {
        let mut read = seen.clone();
        read.remove("resource_type");
        Observation::from_json(self.policy.subject, Value::Object(read))
            .ok()
            .and_then(|observation| input(&observation, parameters).get("analysis").cloned())
            .unwrap_or_else(|| Value::Object(Map::new()))
    }

    fn without_unnamed(&self, whole: &Map<String, Value>) -> Map<String, Value> {
        let subject = self.policy.subject;
        let reads: BTreeSet<&str> = self
            .policy
            .control
            .reads
            .iter()
            .map(String::as_str)
            .collect();
        let is_seen = |field: &str| {
            field == "resource_type"
                || always_read(subject).contains(&field)
                || (reads.contains(field) && fields_of(subject).contains(&field))
        };
        let kept = |(field, _): &(&String, &Value)| is_seen(field);
        let mut seen: Map<String, Value> = whole
            .iter()
            .filter(kept)
            .map(|(field, value)| (field.clone(), value.clone()))
            .collect();
        if let Some(Value::Object(unknown)) = seen.get_mut("unknown") {
            unknown.retain(|field, _| reads.contains(field.as_str()));
        }
        seen
    }

    /// Asks the rule `verdict`. What it takes beyond what is allowed is added to its overtime.
    pub(super) fn ask<T: serde::de::DeserializeOwned>(
        &self,
        input: Document,
        data: Document,
        limits: &Limits,
    ) -> Result<Option<T>, Cause> {
        let started = Instant::now();
        let answer = self
            .program
            .over(input, data)
            .and_then(|mut evaluation| evaluation.value_of(&self.policy.verdict));
        self.overtime
            .add(started.elapsed().saturating_sub(limits.allowed));
        answer
    }
}

/// The time that a policy has taken beyond what is allowed, in all threads.
#[derive(Debug, Default)]
pub(super) struct Overtime {
    micros: AtomicU64,
}

impl Overtime {
    pub(super) fn add(&self, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// Whether it is more than a policy may take.
    pub(super) fn exceeds(&self, limit: Duration) -> bool {
        Duration::from_micros(self.micros.load(Ordering::Relaxed)) >= limit
    }
}

/// Shared, because a thread that was left behind may still hold it.
pub(super) type Shared = Arc<CustomPolicy>;
