//! Which index answers which question, and what is left of the answer.

use super::*;
use crate::report::findings::tests::finding;
use replay::{Answer, Replay};

fn question() -> Question {
    Question {
        account: None,
        severities: BTreeSet::new(),
        control: None,
        resource: None,
        region: None,
        status: Status::Failed,
        limit: 10,
    }
}

/// The indexes that a question asks; the table itself is `-`.
async fn asked(question: &Question) -> BTreeSet<String> {
    let replay = Replay::new().on("Query", Answer::of(r#"{"Items": [], "Count": 0}"#));
    let table = FindingsTable::new(&replay.config("eu-west-1"), "findings");
    assert!(findings(&table, question).await.unwrap().is_empty());
    let index = |request: replay::Request| {
        let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
        body["IndexName"].as_str().unwrap_or("-").to_owned()
    };
    replay.requests_of("Query").into_iter().map(index).collect()
}

#[tokio::test]
async fn the_narrowest_index_answers() {
    let by_severity = question();
    let by_account = Question {
        account: Some("111122223333".parse().unwrap()),
        ..question()
    };
    let by_control = Question {
        control: Some("S3.8".parse().unwrap()),
        ..by_account.clone()
    };
    let by_resource = Question {
        resource: Some("arn".to_owned()),
        ..by_control.clone()
    };
    for (question, index) in [
        (by_severity, "open-by-severity"),
        (by_account, "-"),
        (by_control, "by-control"),
        (by_resource, "by-resource"),
    ] {
        assert_eq!(asked(&question).await, BTreeSet::from([index.to_owned()]));
    }
}

#[test]
fn every_filter_narrows_and_only_open_findings_are_told() {
    let high = finding("S3.8", Severity::High);
    let others = [
        Question {
            account: Some("999999999999".parse().unwrap()),
            ..question()
        },
        Question {
            control: Some("S3.9".parse().unwrap()),
            ..question()
        },
        Question {
            resource: Some("arn:aws:s3:::other".to_owned()),
            ..question()
        },
        Question {
            region: Some("us-east-1".parse().unwrap()),
            ..question()
        },
        Question {
            severities: [Severity::Low].into(),
            ..question()
        },
        Question {
            status: Status::NotAvailable,
            ..question()
        },
    ];
    assert!(question().wants(&high));
    for other in others {
        assert!(!other.wants(&high), "{other:?}");
    }
    let resolved = Finding {
        state: FindingState::Resolved,
        ..high
    };
    assert!(!question().wants(&resolved));
}

#[test]
fn the_worst_come_first_and_then_the_oldest() {
    let mut old = finding("S3.9", Severity::High);
    old.first_observed_at = jiff::Timestamp::UNIX_EPOCH;
    let mut findings = [
        finding("S3.8", Severity::High),
        old,
        finding("S3.2", Severity::Critical),
    ];
    findings.sort_by(|a, b| worst_first(a).cmp(&worst_first(b)));
    let order = findings.map(|finding| finding.verdict.control.to_string());
    assert_eq!(order, ["S3.2", "S3.9", "S3.8"]);
}
