//! What custom policies say of an observation.

use std::sync::Arc;

use compliance::{Observation, Verdict};
use serde_json::Value;

use super::policy::Shared;
use super::wall::{self, Stopped, Task};
use crate::Catalog;
use crate::engine::{Answer, AnswerStatus, BROKEN, is_enough, unread, verdict};
use crate::parameters::Parameters;
use crate::program::Document;

/// The beginning of the reason when a custom policy gives no verdict.
pub(crate) const BROKEN_CUSTOM: &str = "custom policy `";
/// The longest reason of a verdict, in characters (ASFF `Description`).
const LONGEST_REASON: usize = 1024;

/// What became of a question.
type Outcome = Result<Option<Answer>, String>;

impl Catalog {
    /// What the operator's own controls say; `input` is that of our own.
    pub(crate) fn judge_custom(
        &self,
        observation: &Observation,
        input: &Value,
        data: &Document,
        parameters: &Parameters,
    ) -> Vec<Verdict> {
        let subject = observation.subject();
        let asked: Vec<&Shared> = self
            .custom
            .iter()
            .filter(|custom| custom.policy.subject == subject)
            .filter(|custom| {
                !parameters
                    .disabled_controls
                    .contains(&custom.policy.control.id)
            })
            .collect();
        let mut answers: Vec<Option<Answer>> = asked
            .iter()
            .map(|custom| self.without_asking(custom, input))
            .collect();
        let open: Vec<usize> = (0..)
            .zip(&answers)
            .filter_map(|(at, answer)| answer.is_none().then_some(at))
            .collect();
        let questions: Vec<&Shared> = open
            .iter()
            .filter_map(|at| asked.get(*at).copied())
            .collect();
        for (at, answer) in open
            .into_iter()
            .zip(self.ask(&questions, input, data, parameters))
        {
            if let Some(place) = answers.get_mut(at) {
                *place = Some(answer);
            }
        }
        asked
            .iter()
            .zip(answers.into_iter().flatten())
            .filter_map(|(custom, answer)| {
                verdict(&custom.policy.control, observation, parameters, answer)
            })
            .collect()
    }

    /// The answer of a policy that cannot be asked.
    fn without_asking(&self, custom: &Shared, input: &Value) -> Option<Answer> {
        if let Some(refused) = unread(&custom.policy.control, input)
            && !is_enough(&custom.policy.control, input)
        {
            return Some(refused);
        }
        let tired = custom.overtime.exceeds(self.limits.overtime);
        tired.then(|| {
            broken(
                custom,
                "it has taken too long too often, and is not asked again",
            )
        })
    }

    /// Asks policies, behind the wall.
    fn ask(
        &self,
        customs: &[&Shared],
        input: &Value,
        data: &Document,
        parameters: &Parameters,
    ) -> Vec<Answer> {
        let limits = self.limits;
        let task = |custom: &&Shared| -> Task<Outcome> {
            let asked = Arc::clone(custom);
            let input = Document::from(custom.input(input, parameters));
            let data = data.clone();
            Arc::new(move || {
                let answer = asked.ask::<Answer>(input.clone(), data.clone(), &limits);
                answer.map_err(|cause| cause.to_string())
            })
        };
        let tasks: Vec<Task<Outcome>> = customs.iter().map(task).collect();
        let outcomes = wall::all(&tasks, limits.patience);
        let answers = customs.iter().zip(outcomes);
        answers
            .map(|(custom, outcome)| self.answer(custom, input, outcome))
            .collect()
    }

    /// The answer that an outcome makes. What was not read in full is never passed.
    fn answer(&self, custom: &Shared, input: &Value, outcome: Result<Outcome, Stopped>) -> Answer {
        let answer = match outcome {
            Ok(Ok(Some(answer))) => answer,
            Ok(Ok(None)) => broken(custom, "it gives no single verdict"),
            Ok(Err(why)) => broken(custom, &why),
            Err(stopped) => {
                // A thread that was left behind is one too many already.
                custom.overtime.add(self.limits.overtime);
                broken(custom, &stopped.to_string())
            }
        };
        match unread(&custom.policy.control, input) {
            Some(refused) if !matches!(answer.status, AnswerStatus::Failed) => refused,
            _ => Answer {
                reason: answer.reason.chars().take(LONGEST_REASON).collect(),
                ..answer
            },
        }
    }
}

fn broken(custom: &Shared, why: &str) -> Answer {
    let path = &custom.path;
    Answer::not_available(format!("{BROKEN_CUSTOM}{path}`{BROKEN}{why}"))
}
