//! What suppressions hide in the answers, as they are at the moment of the question.

use aws::Question;
use compliance::{FindingState, Severity, SuppressionRecord};
use replay::{Answer, Replay, call};
use serde_json::json;

use super::{Asker, four, names, page, stored};

fn accepted(resource: &str, expires: &str) -> SuppressionRecord {
    serde_json::from_value(json!({"source": "OPERATOR", "suppression": {
        "id": "accepted", "control": "KMS.4", "account": "*", "resource": resource, "reason": "known",
        "owner": "keys", "created": "2026-11-01", "expires": expires}}))
    .unwrap()
}

#[tokio::test]
async fn a_suppression_made_since_the_last_run_hides_at_once() {
    let mut asker = Asker::new(four());
    asker.suppressions = [accepted("key/a", "2026-12-31")].into_iter().collect();
    let page = asker.page(&Question::default(), None, 10).await.unwrap();
    assert_eq!(names(&page), ["key/b", "key/c", "key/low"]);
    let count = asker
        .table()
        .count_open(Severity::High, asker.asked())
        .await
        .unwrap();
    assert_eq!(count, 2);
}

#[tokio::test]
async fn what_a_suppression_hid_is_open_again_when_it_is_over_before_any_run() {
    let mut hidden = stored("key/hidden", 2);
    for (name, value) in [
        ("state", "SUPPRESSED"),
        ("suppression", "accepted"),
        ("suppressed_until", "2026-11-27T00:00:00Z"),
    ] {
        hidden[name] = json!({"S": value});
    }
    let replay = four().on(
        call("Query").with("\"accepted#5\"").with("\"1#\""),
        page(&[hidden]),
    );
    let mut asker = Asker::new(replay);
    asker.suppressions = [accepted("key/hidden", "2026-11-27")].into_iter().collect();
    let page = asker.page(&Question::default(), None, 10).await.unwrap();
    assert_eq!(
        names(&page),
        ["key/a", "key/b", "key/hidden", "key/c", "key/low"]
    );
    assert!(
        page.items
            .iter()
            .all(|finding| finding.state == FindingState::Open)
    );
    let count = asker
        .table()
        .count_open(Severity::High, asker.asked())
        .await
        .unwrap();
    assert_eq!(count, 4);
}

#[tokio::test]
async fn without_suppressions_open_findings_are_counted_by_the_index() {
    let counted = Answer::of(json!({"Count": 3, "ScannedCount": 3}));
    let asker = Asker::new(Replay::new().on("Query", counted));
    let count = asker
        .table()
        .count_open(Severity::Medium, asker.asked())
        .await
        .unwrap();
    assert_eq!(count, 24);
    assert!(asker.replay.requests()[0].holds("\"Select\":\"COUNT\""));
}
