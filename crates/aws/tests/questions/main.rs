//! Questions to the findings table: which index is asked, and how pages are put together.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod suppressed;

use std::collections::BTreeSet;

use aws::{Asked, FindingsTable, NoIndex, Page, Part, Question, Token};
use compliance::{Finding, FindingState, Severity, Status, Suppressions};
use jiff::Timestamp;
use replay::{Answer, Replay, Request, call};
use serde_json::{Value, json};

fn now() -> Timestamp {
    "2026-11-28T00:00:00Z".parse().unwrap()
}

/// A stored open failure, as DynamoDB has it on the wire, first observed on a day of November.
fn stored(resource: &str, day: u32) -> Value {
    let text = |value: &str| json!({"S": value});
    let id = format!("111122223333/eu-west-1/KMS.4/{resource}");
    let since = format!("2026-11-{day:02}T00:00:00.000Z");
    json!({
        "account": text("111122223333"), "place": text(&format!("eu-west-1#kms#{resource}#KMS.4")),
        "id": text(&id), "region": text("eu-west-1"), "service": text("kms"), "control": text("KMS.4"),
        "resource": text(resource), "resource_type": text("AwsKmsKey"), "status": text("FAILED"),
        "severity": text("HIGH"), "reason": text("rotation is off"), "state": text("OPEN"),
        "urgency": text(&format!("1#{since}#{id}")), "first_observed_at": text(&since),
        "changed_at": text(&since), "changed_in": text("20261101T000000000Z-1a2b3c4d"),
    })
}

fn page(items: &[Value]) -> Answer {
    Answer::of(json!({"Items": items, "Count": items.len()}))
}

struct Asker {
    replay: Replay,
    suppressions: Suppressions,
}

impl Asker {
    /// A table that answers nothing but what is scripted.
    fn new(replay: Replay) -> Self {
        Self {
            replay,
            suppressions: Suppressions::default(),
        }
    }

    fn asked(&self) -> Asked<'_> {
        Asked {
            suppressions: &self.suppressions,
            now: now(),
        }
    }

    fn table(&self) -> FindingsTable {
        FindingsTable::new(&self.replay.config("eu-west-1"), "findings")
    }

    async fn page(
        &self,
        question: &Question,
        after: Option<&Token>,
        limit: usize,
    ) -> Result<Page<Finding>, NoIndex> {
        let part = Part {
            after,
            limit,
            count: 100,
        };
        self.table()
            .page(question, self.asked(), part)
            .await
            .unwrap()
    }
}

fn nothing() -> Replay {
    Replay::new().on("Query", page(&[]))
}

fn names(page: &Page<Finding>) -> Vec<&str> {
    let items = page.items.iter();
    items
        .map(|finding| finding.verdict.resource.as_str())
        .collect()
}

/// The index and the partition of each query, without the shard; the table itself is `-`.
fn places(replay: &Replay) -> BTreeSet<String> {
    let place = |request: Request| {
        let body: Value = serde_json::from_str(&request.body).unwrap();
        let partition = body["ExpressionAttributeValues"][":partition"]["S"]
            .as_str()
            .unwrap();
        let partition = partition.rsplit_once('#').map_or(partition, |(key, _)| key);
        format!("{} {partition}", body["IndexName"].as_str().unwrap_or("-"))
    };
    replay.requests_of("Query").into_iter().map(place).collect()
}

#[tokio::test]
async fn every_question_is_answered_by_the_narrowest_index_and_never_by_a_scan() {
    let all = Question::default();
    let high = Question {
        severities: [Severity::High].into(),
        ..all.clone()
    };
    let unknown = Question {
        status: Some(Status::NotAvailable),
        ..high.clone()
    };
    let region = Question {
        region: Some("eu-west-1".parse().unwrap()),
        ..high.clone()
    };
    let account = Question {
        account: Some("111122223333".parse().unwrap()),
        ..region.clone()
    };
    let resolved = Question {
        state: Some(FindingState::Resolved),
        ..account.clone()
    };
    let control = Question {
        control: Some("KMS.4".parse().unwrap()),
        ..resolved.clone()
    };
    let resource = Question {
        resource: Some("key/a".into()),
        ..control.clone()
    };
    let run = Question {
        changed_in: Some("20261101T000000000Z-1a2b3c4d".parse().unwrap()),
        ..resource.clone()
    };
    let suppression = Question {
        suppression: Some("accepted".parse().unwrap()),
        ..run.clone()
    };
    for (question, wanted) in [
        (&high, "open-by-severity HIGH"),
        (&unknown, "open-by-severity NOT_AVAILABLE"),
        (&region, "open-by-region eu-west-1"),
        (&account, "open-by-account 111122223333"),
        (&resolved, "- 111122223333"),
        (&control, "by-control KMS.4"),
        (&resource, "by-resource key/a"),
        (&run, "changed-in-run 20261101T000000000Z-1a2b3c4d"),
        (&suppression, "by-suppression accepted"),
    ] {
        let asker = Asker::new(nothing());
        let page = asker.page(question, None, 10).await.unwrap();
        assert!(page.items.is_empty() && page.next.is_none());
        assert_eq!(places(&asker.replay), BTreeSet::from([wanted.to_owned()]));
        let operations = BTreeSet::from_iter(asker.replay.operations());
        assert_eq!(operations, BTreeSet::from(["Query".to_owned()]));
    }
    let asker = Asker::new(nothing());
    asker.page(&all, None, 10).await.unwrap();
    assert_eq!(places(&asker.replay).len(), Severity::WORST_FIRST.len());
}

#[tokio::test]
async fn a_question_that_only_a_scan_could_answer_is_refused_unasked() {
    let asker = Asker::new(nothing());
    let question = Question {
        state: Some(FindingState::Resolved),
        ..Question::default()
    };
    assert_eq!(asker.page(&question, None, 10).await, Err(NoIndex));
    assert_eq!(asker.replay.operations(), Vec::<String>::new());
}

/// Three findings in two shards, and one of a lower severity.
fn four() -> Replay {
    let mut low = stored("key/low", 1);
    low["severity"] = json!({"S": "LOW"});
    low["urgency"] =
        json!({"S": "3#2026-11-01T00:00:00.000Z#111122223333/eu-west-1/KMS.4/key/low"});
    nothing()
        .on(
            call("Query").with("\"HIGH#2\""),
            page(&[stored("key/b", 2), stored("key/c", 3)]),
        )
        .on(
            call("Query").with("\"HIGH#7\""),
            page(&[stored("key/a", 1)]),
        )
        .on(call("Query").with("\"LOW#3\""), page(&[low]))
}

#[tokio::test]
async fn shards_are_put_together_the_worst_first_and_then_the_oldest() {
    let page = Asker::new(four())
        .page(&Question::default(), None, 10)
        .await
        .unwrap();
    assert_eq!(names(&page), ["key/a", "key/b", "key/c", "key/low"]);
    assert_eq!((page.next, page.left_out.unwrap().count), (None, 0));
}

#[tokio::test]
async fn a_page_says_how_many_come_after_it_and_the_token_leads_to_them() {
    let asker = Asker::new(four());
    let question = Question::default();
    let first = asker.page(&question, None, 1).await.unwrap();
    assert_eq!(names(&first), ["key/a"]);
    assert_eq!(first.left_out.unwrap().count, 3);
    let second = asker.page(&question, first.next.as_ref(), 2).await.unwrap();
    assert_eq!(names(&second), ["key/b", "key/c"]);
    let third = asker
        .page(&question, second.next.as_ref(), 2)
        .await
        .unwrap();
    assert_eq!((names(&third), &third.next), (vec!["key/low"], &None));
    // The last question began where the token says, and did not ask for the severities before.
    let resumed = asker
        .replay
        .requests_of(call("Query").with("\":start\":{\"S\":\"1#2026-11-03"));
    assert_eq!(resumed.len(), 8);
}

#[tokio::test]
async fn every_page_of_a_query_is_read_and_markers_are_no_findings() {
    let first = json!({
        "Items": [{"account": {"S": "111122223333"}, "place": {"S": "scope#eu-west-1#kms"}}],
        "LastEvaluatedKey": {"place": {"S": "page-two"}},
    });
    let replay = Replay::new()
        .on("Query", Answer::of(first))
        .on(call("Query").with("page-two"), page(&[stored("key/b", 1)]));
    let question = Question {
        state: None,
        account: Some("111122223333".parse().unwrap()),
        ..Question::default()
    };
    let page = Asker::new(replay).page(&question, None, 10).await.unwrap();
    assert_eq!(names(&page), ["key/b"]);
}

#[tokio::test]
async fn an_age_is_part_of_the_question_to_the_index() {
    let asker = Asker::new(four());
    let question = Question {
        before: Some("2026-11-02T00:00:00Z".parse().unwrap()),
        ..Question::default()
    };
    let page = asker.page(&question, None, 10).await.unwrap();
    assert_eq!(names(&page), ["key/a", "key/low"]);
    let bounded = asker
        .replay
        .requests_of(call("Query").with("\":end\":{\"S\":\"1#2026-11-02"));
    assert_eq!(bounded.len(), 8);
}

#[tokio::test]
async fn one_finding_is_asked_for_by_resource_and_control() {
    let asker = Asker::new(Replay::new().on("Query", page(&[stored("key/a", 1)])));
    let finding = |account: &str| {
        let id = format!("{account}/eu-west-1/KMS.4/key/a");
        let table = asker.table();
        async move {
            let control = "KMS.4".parse().unwrap();
            table
                .finding(&id.as_str().into(), &control, "key/a")
                .await
                .unwrap()
        }
    };
    assert!(finding("111122223333").await.is_some());
    assert!(finding("999999999999").await.is_none());
    assert_eq!(
        places(&asker.replay),
        BTreeSet::from(["by-resource key/a".to_owned()])
    );
}
