//! The engine of OPA and the embedded one say the same of the same observations: every fixture, and thousands of variations.
//!
//! The real client asks the real engine, which `server.py` puts behind OPA's REST API. `make test-opa` installs it.

#[cfg(test)]
mod engine;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod variation;

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use compliance::{Observation, Status, Subject, Verdict};
    use controls::{Catalog, Parameters, question};
    use serde_json::Value;

    use crate::engine::Engine;
    use crate::fixtures::{fixtures, parameters};
    use crate::variation::Variations;

    /// Both judges, and what they do not agree on.
    struct Judges {
        catalog: Catalog,
        parameters: Parameters,
        engine: Engine,
        differences: Vec<String>,
    }

    impl Judges {
        fn start() -> Self {
            Self {
                catalog: Catalog::embedded().unwrap(),
                parameters: parameters(),
                engine: Engine::start(),
                differences: Vec::new(),
            }
        }

        /// Judges an observation twice.
        async fn compare(&mut self, observation: &Observation) {
            let question = question(observation, &self.parameters);
            let asked = self
                .engine
                .server
                .verdicts(observation.subject(), &question)
                .await;
            let answers = asked.as_ref().map_err(opa::Error::refusal);
            let (catalog, parameters) = (&self.catalog, &self.parameters);
            let by_opa = catalog.judge_by(
                answers.as_ref().copied(),
                observation,
                &question,
                parameters,
            );
            let embedded = catalog.judge(observation, parameters);
            if by_opa != embedded {
                let told = told(&embedded, &by_opa);
                self.differences.push(format!("{told}\n  of {question}"));
            }
        }

        /// Fails if the judges differed, with the first differences.
        fn agree(&self, of: usize) {
            let (count, first) = (self.differences.len(), self.differences.iter().take(5));
            let first: Vec<&str> = first.map(String::as_str).collect();
            assert_eq!(count, 0, "of {of} observations:\n{}", first.join("\n"));
        }
    }

    /// The verdicts that differ, in words.
    fn told(embedded: &[Verdict], by_opa: &[Verdict]) -> String {
        let lines = |verdicts: &[Verdict]| -> BTreeSet<String> {
            let line = |it: &Verdict| {
                let Verdict {
                    control,
                    status,
                    severity,
                    reason,
                    ..
                } = it;
                format!("{control} {status:?} {severity:?} {reason}")
            };
            verdicts.iter().map(line).collect()
        };
        let (embedded, by_opa) = (lines(embedded), lines(by_opa));
        let only = |whose: &str, ours: &BTreeSet<String>, others: &BTreeSet<String>| {
            let only = ours.difference(others);
            let lines: Vec<String> = only.map(|line| format!("  {whose}: {line}\n")).collect();
            lines.concat()
        };
        only("embedded", &embedded, &by_opa) + &only("opa", &by_opa, &embedded)
    }

    #[tokio::test]
    #[ignore = "asks the OPA engine that `make test-opa` installs"]
    async fn opa_says_of_every_fixture_what_the_embedded_engine_says() {
        let mut judges = Judges::start();
        let mut count = 0;
        for subject in Subject::ALL {
            for observation in fixtures(subject) {
                judges.compare(&observation).await;
                count += 1;
            }
        }
        assert!(count > 100, "{count} fixtures");
        judges.agree(count);
    }

    /// Compares the judges on so many variations of the fixtures of a subject.
    async fn compare_variations(subject: Subject, count: usize) {
        let mut judges = Judges::start();
        for observation in Variations::new(subject).take(count) {
            judges.compare(&observation).await;
        }
        judges.agree(count);
    }

    #[tokio::test]
    #[ignore = "asks the OPA engine that `make test-opa` installs"]
    async fn opa_says_the_same_of_variations_of_buckets() {
        compare_variations(Subject::S3, 900).await;
    }

    #[tokio::test]
    #[ignore = "asks the OPA engine that `make test-opa` installs"]
    async fn opa_says_the_same_of_variations_of_keys() {
        compare_variations(Subject::Kms, 900).await;
    }

    #[tokio::test]
    #[ignore = "asks the OPA engine that `make test-opa` installs"]
    async fn opa_says_the_same_of_variations_of_groups() {
        compare_variations(Subject::Sg, 700).await;
    }

    #[tokio::test]
    #[ignore = "asks the OPA engine that `make test-opa` installs"]
    async fn opa_says_the_same_of_variations_of_buckets_with_their_keys() {
        compare_variations(Subject::BucketKey, 600).await;
    }

    #[tokio::test]
    #[ignore = "asks the OPA engine that `make test-opa` installs"]
    async fn opa_says_the_same_of_variations_of_accounts() {
        compare_variations(Subject::S3Account, 100).await;
    }

    #[tokio::test]
    #[ignore = "asks the OPA engine that `make test-opa` installs"]
    async fn opa_says_the_same_of_variations_of_access_points() {
        compare_variations(Subject::AccessPoint, 200).await;
    }

    #[tokio::test]
    #[ignore = "asks the OPA engine that `make test-opa` installs"]
    async fn opa_says_the_same_of_variations_of_multi_region_access_points() {
        compare_variations(Subject::MultiRegionAccessPoint, 200).await;
    }

    #[tokio::test]
    #[ignore = "asks the OPA engine that `make test-opa` installs"]
    async fn the_deny_documents_of_opa_are_what_orgsweep_finds() {
        let judges = Judges::start();
        for (subject, document) in [
            (Subject::S3, "s3_bucket"),
            (Subject::Kms, "kms_key"),
            (Subject::Sg, "security_group"),
        ] {
            for observation in fixtures(subject) {
                let question = question(&observation, &judges.parameters);
                let denied = judges
                    .engine
                    .post(&format!("aws/{document}/deny"), &question)
                    .await;
                let found = judges.catalog.judge(&observation, &judges.parameters);
                assert_eq!(
                    denials(&denied),
                    failures(found),
                    "{}",
                    observation.resource()
                );
            }
        }
    }

    #[tokio::test]
    #[ignore = "asks the OPA engine that `make test-opa` installs"]
    async fn a_document_that_is_not_there_is_no_answer() {
        let engine = Engine::start();
        let answer = engine.post("aws/no_such_thing/deny", &Value::Null).await;
        assert_eq!(answer, serde_json::json!({}));
    }

    /// Severity and reason by control.
    type Failures = BTreeMap<String, (String, String)>;

    fn denials(answer: &Value) -> Failures {
        let text = |denial: &Value, key: &str| denial[key].as_str().unwrap().to_owned();
        let denials = answer["result"].as_array().unwrap().iter();
        denials
            .map(|it| (text(it, "id"), (text(it, "severity"), text(it, "reason"))))
            .collect()
    }

    fn failures(verdicts: Vec<Verdict>) -> Failures {
        let failed = verdicts
            .into_iter()
            .filter(|it| it.status == Status::Failed);
        failed
            .map(|it| (it.control.to_string(), (it.severity.to_string(), it.reason)))
            .collect()
    }
}
