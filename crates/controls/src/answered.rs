//! Judging by what an OPA server says that loads the same policies. Asking it is not done here.

use compliance::{Observation, Refusal, Verdict};
use serde::Deserialize as _;
use serde_json::{Map, Value, json};

use crate::catalog::{Catalog, Policy};
use crate::engine::{Answer, NO_VERDICT, broken};
use crate::input::input;
use crate::parameters::Parameters;
use crate::program::Document;

/// What the policies of a server say of one input: by control, what the rule `verdict` of its policy gives.
pub type Answers = Map<String, Value>;

/// What a server is asked about: the input of the policies, and the parameters, which take the place of the server's own.
#[must_use]
pub fn question(observation: &Observation, parameters: &Parameters) -> Value {
    let mut question = input(observation, parameters);
    if let Some(question) = question.as_object_mut() {
        question.insert("parameters".to_owned(), json!(parameters));
    }
    question
}

impl Catalog {
    /// As [`Catalog::judge`], by the answers to a [`question`] instead of the embedded engine. The operator's own policies
    /// are judged by the embedded engine all the same: the server need not have them.
    ///
    /// If there are none, what was read is not judged: each control is [`compliance::Status::NotAvailable`] with the operation
    /// and code of the failure. So is a control that the answers lack, as one whose policy is broken.
    #[must_use]
    pub fn judge_by(
        &self,
        answers: Result<&Answers, &Refusal>,
        observation: &Observation,
        question: &Value,
        parameters: &Parameters,
    ) -> Vec<Verdict> {
        let ask = |policy: &Policy| match answers {
            Ok(answers) => given(policy, answers),
            Err(Refusal { operation, code }) => {
                Answer::not_available(format!("not judged: {operation} answered {code}"))
            }
        };
        let mut verdicts = self.verdicts(observation, question, parameters, ask);
        let data = Document::from(json!({ "parameters": parameters }));
        verdicts.extend(self.judge_custom(observation, question, &data, parameters));
        verdicts
    }
}

fn given(policy: &Policy, answers: &Answers) -> Answer {
    match answers.get(policy.control.id.as_str()) {
        None => broken(policy, NO_VERDICT),
        Some(answer) => {
            Answer::deserialize(answer).unwrap_or_else(|error| broken(policy, &error.to_string()))
        }
    }
}

#[cfg(test)]
mod tests {
    use compliance::Status;

    use super::*;

    fn bucket() -> Observation {
        let refused = json!({"operation": "GetBucketPolicy", "code": "AccessDenied"});
        let bucket = json!({
            "arn": "arn:aws:s3:::b", "name": "b", "account": "111122223333", "region": "eu-west-1",
            "versioning": {"status": "Enabled", "mfa_delete": false}, "unknown": {"policy": refused},
        });
        Observation::from_json(compliance::Subject::S3, bucket).unwrap()
    }

    /// What is said of the control by these answers.
    fn said(control: &str, answers: Result<&Value, &Refusal>) -> (Status, String) {
        let catalog = Catalog::embedded().unwrap();
        let parameters = Parameters::default();
        let question = question(&bucket(), &parameters);
        let answers = answers.map(|answers| answers.as_object().unwrap());
        let verdicts = catalog.judge_by(answers, &bucket(), &question, &parameters);
        let verdict = verdicts
            .into_iter()
            .find(|it| it.control.as_str() == control);
        verdict.map(|it| (it.status, it.reason)).unwrap()
    }

    #[test]
    fn without_answers_nothing_is_judged_and_the_reason_says_why() {
        let refusal = Refusal {
            operation: "POST v1/data/aws/s3_bucket/verdicts".to_owned(),
            code: "Unreachable".to_owned(),
        };
        let (status, reason) = said("S3.14", Err(&refusal));
        assert_eq!(status, Status::NotAvailable);
        assert_eq!(
            reason,
            "not judged: POST v1/data/aws/s3_bucket/verdicts answered Unreachable"
        );
        let (_, unread) = said("S3.5", Err(&refusal));
        assert_eq!(
            unread,
            "`policy` could not be read: GetBucketPolicy answered AccessDenied"
        );
    }

    #[test]
    fn a_control_that_the_answers_lack_or_garble_is_not_available_and_named() {
        for (answers, why) in [
            (json!({}), NO_VERDICT),
            (
                json!({"S3.14": {"status": "FINE", "reason": ""}}),
                "unknown variant `FINE`",
            ),
            (
                json!({"S3.14": {"status": "PASSED"}}),
                "missing field `reason`",
            ),
            (json!({"S3.14": true}), "invalid type"),
            (json!({"S3.14": null}), "invalid type"),
        ] {
            let (status, reason) = said("S3.14", Ok(&answers));
            assert_eq!(status, Status::NotAvailable, "{answers}");
            assert!(
                reason.starts_with("policy `controls.s3.versioning` is broken"),
                "{reason}"
            );
            assert!(reason.contains(why), "{reason}");
        }
    }

    #[test]
    fn a_refused_read_is_not_available_whatever_the_server_says() {
        let passed = json!({"S3.5": {"status": "PASSED", "reason": "x"}});
        assert_eq!(said("S3.5", Ok(&passed)).0, Status::NotAvailable);
    }
}
