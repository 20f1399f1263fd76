//! Judging: from an observation to verdicts. What was not read is never passed.

use compliance::{Control, Observation, Severity, Status, Verdict};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::catalog::{Catalog, Policy};
use crate::custom::BROKEN_CUSTOM;
use crate::error::Cause;
use crate::input::input;
use crate::link;
use crate::parameters::Parameters;
use crate::program::{Document, Evaluation};

impl Catalog {
    /// What every control of the observation's subject says of it, in the order of the catalogue: our own,
    /// then the operator's.
    ///
    /// A control that does not apply to the resource says nothing. A control that reads a field which
    /// was not read is [`Status::NotAvailable`] with the operation and error code as reason, unless what was
    /// read is enough; so is one whose policy is broken, with the policy's name.
    #[must_use]
    pub fn judge(&self, observation: &Observation, parameters: &Parameters) -> Vec<Verdict> {
        let input = input(observation, parameters);
        let data = Document::from(json!({ "parameters": parameters }));
        let mut verdicts = self.judge_own(observation, &input, &data, parameters);
        verdicts.extend(self.judge_custom(observation, &input, &data, parameters));
        verdicts
    }

    /// What the controls of our own say.
    fn judge_own(
        &self,
        observation: &Observation,
        input: &Value,
        data: &Document,
        parameters: &Parameters,
    ) -> Vec<Verdict> {
        let Some(program) = self.programs.get(&observation.subject()) else {
            return Vec::new();
        };
        let mut evaluation = program.gathered_over(input.clone(), data.clone());
        self.verdicts(observation, input, parameters, |policy| {
            ask(policy, evaluation.as_mut())
        })
    }

    /// The verdicts that answers make: those of every policy of our own of the subject that is in force.
    pub(crate) fn verdicts(
        &self,
        observation: &Observation,
        input: &Value,
        parameters: &Parameters,
        mut ask: impl FnMut(&Policy) -> Answer,
    ) -> Vec<Verdict> {
        let subject = observation.subject();
        self.policies
            .iter()
            .filter(|policy| policy.subject == subject)
            .filter(|policy| !parameters.disabled_controls.contains(&policy.control.id))
            .filter_map(|policy| {
                let answer = answer(&policy.control, input, || ask(policy));
                verdict(&policy.control, observation, parameters, answer)
            })
            .collect()
    }
}

/// What the rule `verdict` of a policy says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    pub(crate) status: AnswerStatus,
    pub(crate) reason: String,
    #[serde(default)]
    pub(crate) severity: Option<Severity>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum AnswerStatus {
    Passed,
    Failed,
    NotAvailable,
    NotApplicable,
}

impl Answer {
    pub(crate) fn not_available(reason: String) -> Self {
        Self {
            status: AnswerStatus::NotAvailable,
            reason,
            severity: None,
        }
    }
}

/// The answer of a policy, or why it cannot be asked. One that may be settled by what was read is
/// asked although something was not; that it cannot judge then is no answer.
fn answer(control: &Control, input: &Value, ask: impl FnOnce() -> Answer) -> Answer {
    let Some(refused) = unread(control, input) else {
        return ask();
    };
    if !is_enough(control, input) {
        return refused;
    }
    match ask() {
        Answer {
            status: AnswerStatus::NotAvailable,
            ..
        } => refused,
        settled => settled,
    }
}

/// Whether a field was read that may settle the verdict alone.
pub(crate) fn is_enough(control: &Control, input: &Value) -> bool {
    let was_read = |field: &String| input.get(field).is_some();
    control.enough.iter().any(was_read)
}

/// The answer to a control that reads a field which is not in the input.
pub(crate) fn unread(control: &Control, input: &Value) -> Option<Answer> {
    let reasons: Vec<String> = control
        .reads
        .iter()
        .filter(|field| input.get(field).is_none())
        .map(|field| why_unread(field, input))
        .collect();
    (!reasons.is_empty()).then(|| Answer::not_available(reasons.join("; ")))
}

fn why_unread(field: &str, input: &Value) -> String {
    let said = |key| {
        input
            .get("unknown")?
            .get(field)?
            .get(key)
            .and_then(Value::as_str)
    };
    match (said("operation"), said("code")) {
        (Some(operation), Some(code)) => {
            format!("`{field}` could not be read: {operation} answered {code}")
        }
        _ => format!("`{field}` was not collected"),
    }
}

/// What the reason says of a policy that gives no verdict, between its package and the cause.
pub(crate) const BROKEN: &str = " is broken: ";

/// Whether a broken policy of our own is why there is no verdict: neither was a read refused, nor is the
/// control undecided by what was read.
#[must_use]
pub fn is_of_a_broken_policy(verdict: &Verdict) -> bool {
    says_broken(verdict, "policy `")
}

/// Whether a broken or slow custom policy is why there is no verdict.
#[must_use]
pub fn is_of_a_broken_custom_policy(verdict: &Verdict) -> bool {
    says_broken(verdict, BROKEN_CUSTOM)
}

fn says_broken(verdict: &Verdict, beginning: &str) -> bool {
    let said = verdict.reason.strip_prefix(beginning);
    verdict.status == Status::NotAvailable
        && said
            .and_then(|said| said.split_once('`'))
            .is_some_and(|(_, after)| after.starts_with(BROKEN))
}

/// The answer of a policy; one that gives none is broken, and that is the answer.
fn ask(policy: &Policy, evaluation: Result<&mut Evaluation, &mut Cause>) -> Answer {
    match evaluation {
        Err(cause) => broken(policy, &cause.to_string()),
        Ok(evaluation) => match evaluation.value_of::<Answer>(&policy.verdict) {
            Ok(Some(answer)) => answer,
            Ok(None) => broken(policy, NO_VERDICT),
            Err(cause) => broken(policy, &cause.to_string()),
        },
    }
}

/// What is wrong with a policy whose rule `verdict` is undefined or has two values.
pub(crate) const NO_VERDICT: &str = "it gives no single verdict";

/// The answer in place of a broken policy's.
pub(crate) fn broken(policy: &Policy, why: &str) -> Answer {
    Answer::not_available(format!("policy `{}`{BROKEN}{why}", policy.package))
}

/// The verdict that an answer makes; none when the control does not apply.
pub(crate) fn verdict(
    control: &Control,
    observation: &Observation,
    parameters: &Parameters,
    answer: Answer,
) -> Option<Verdict> {
    let status = match answer.status {
        AnswerStatus::Passed => Status::Passed,
        AnswerStatus::Failed => Status::Failed,
        AnswerStatus::NotAvailable => Status::NotAvailable,
        AnswerStatus::NotApplicable => return None,
    };
    let chosen = parameters.severities.get(&control.id).copied();
    Some(Verdict {
        control: control.id.clone(),
        resource: observation.resource(),
        resource_type: observation.resource_type(),
        account: observation.account().clone(),
        region: observation.region().clone(),
        status,
        severity: chosen.or(answer.severity).unwrap_or(control.severity),
        reason: answer.reason,
        key: link::key_of(control, observation),
        buckets: link::buckets_of(observation),
    })
}

#[cfg(test)]
#[path = "engine_test.rs"]
mod tests;
