//! Markers of scopes, and the register of foreign keys.

use aws::{FindingsTable, ForeignKey, ForeignKeys};
use compliance::{Coverage, CoverageStatus, Service};
use replay::{Answer, Replay};
use serde_json::{Value, json};

use crate::world::{account, body, items, look, page, run};

#[tokio::test]
async fn a_complete_look_is_told_apart_from_one_that_was_not() {
    let replay = Replay::new().on("UpdateItem", Answer::of("{}"));
    let table = FindingsTable::new(&replay.config("eu-west-1"), "findings");
    for status in [CoverageStatus::Complete, CoverageStatus::Failed] {
        let noted = table
            .note_look(&run(), &account(), (None, Service::S3), status)
            .await;
        assert!(noted.unwrap());
    }
    let [complete, failed] = [0, 1].map(|n| body(&replay.requests()[n]));
    assert_eq!(complete["Key"]["place"]["S"], "scope#global#s3");
    assert_eq!(
        complete["UpdateExpression"],
        "SET looked_in = :run, looked_at = :at, #status = :status, complete_in = :run, complete_at = :at"
    );
    assert_eq!(
        failed["UpdateExpression"],
        "SET looked_in = :run, looked_at = :at, #status = :status"
    );
    assert_eq!(
        failed["ExpressionAttributeValues"][":status"]["S"],
        "FAILED"
    );
}

#[tokio::test]
async fn an_account_that_was_not_entered_makes_all_its_known_scopes_stale() {
    let marker = |place: &str| {
        json!({"account": {"S": "111122223333"}, "place": {"S": place}, "status": {"S": "COMPLETE"},
            "looked_in": {"S": "20261101T000000000Z-1a2b3c4d"}, "looked_at": {"S": "2026-11-01T00:00:00.000Z"}})
    };
    let replay = Replay::new().on("UpdateItem", Answer::of("{}")).on(
        "Query",
        page(&[marker("scope#eu-west-1#kms"), marker("scope#global#s3")]),
    );
    let table = FindingsTable::new(&replay.config("eu-west-1"), "findings");
    let failed = CoverageStatus::Failed;
    let row = Coverage::unseen(account(), None, None, failed, "AssumeRoleDenied");
    table.note_unseen(&run(), &row).await.unwrap();
    let noted = replay.requests_of("UpdateItem");
    let places: Vec<Value> = noted
        .iter()
        .map(|it| body(it)["Key"]["place"]["S"].clone())
        .collect();
    assert_eq!(places, ["scope#eu-west-1#kms", "scope#global#s3"]);
    let markers = table.markers_of(&account()).await.unwrap();
    assert_eq!((markers.len(), markers[0].stale_since()), (2, None));
}

#[tokio::test]
async fn the_register_is_written_on_both_sides_at_once_and_only_what_changed() {
    let replay = Replay::new()
        .on("UpdateItem", Answer::of("{}"))
        .on("TransactWriteItems", Answer::of("{}"));
    let table = FindingsTable::new(&replay.config("eu-west-1"), "findings");
    let (run, account) = (run(), account());
    let writer = table.begin(&run, &account, look()).await.unwrap().unwrap();
    let key = |id: &str| ForeignKey {
        arn: format!("arn:aws:kms:eu-west-1:444455556666:key/{id}"),
        region: "eu-west-1".parse().unwrap(),
        account: "444455556666".parse().unwrap(),
    };
    let named = |bucket: &str, id| (bucket.to_owned(), key(id));
    let before = ForeignKeys::from([named("same", "k"), named("gone", "k"), named("moved", "k")]);
    let now = ForeignKeys::from([
        named("same", "k"),
        named("moved", "other"),
        named("new", "k"),
    ]);
    assert!(writer.register(&before, &now).await.unwrap());
    let lines: Vec<String> = items(&replay.requests_of("TransactWriteItems")[0])
        .iter()
        .flat_map(|item| item.as_object().unwrap().clone())
        .map(|(kind, write)| {
            let text = |name: &str| write["Key"][name]["S"].as_str().unwrap().to_owned();
            format!("{kind} {} {}", text("account"), text("place"))
        })
        .collect();
    let used = "use#eu-west-1#arn:aws:kms:eu-west-1:444455556666:key/";
    assert_eq!(
        lines,
        [
            "ConditionCheck 111122223333 scope#eu-west-1#kms".to_owned(),
            format!("Delete 444455556666 {used}k#gone"),
            "Delete 111122223333 foreign-key#gone".to_owned(),
            format!("Delete 444455556666 {used}k#moved"),
            "Update 111122223333 foreign-key#moved".to_owned(),
            format!("Update 444455556666 {used}other#moved"),
            "Update 111122223333 foreign-key#new".to_owned(),
            format!("Update 444455556666 {used}k#new"),
        ]
    );
    assert!(writer.register(&now, &now).await.unwrap());
    assert_eq!(
        replay.requests_of("TransactWriteItems").len(),
        1,
        "nothing changed"
    );
}

#[tokio::test]
async fn the_register_is_read_from_both_sides() {
    let item = json!({"account": {"S": "444455556666"}, "bucket": {"S": "arn:aws:s3:::lake"},
        "bucket_account": {"S": "111122223333"}, "key": {"S": "arn:aws:kms:eu-west-1:444455556666:key/k"},
        "key_region": {"S": "eu-west-1"}, "key_account": {"S": "444455556666"}});
    let replay = Replay::new().on("Query", page(&[item]));
    let table = FindingsTable::new(&replay.config("eu-west-1"), "findings");
    let keys = table.foreign_keys_of(&account()).await.unwrap();
    assert_eq!(keys["arn:aws:s3:::lake"].account.as_str(), "444455556666");
    let uses = table
        .foreign_uses_of(&"444455556666".parse().unwrap())
        .await
        .unwrap();
    let buckets = &uses["arn:aws:kms:eu-west-1:444455556666:key/k"];
    assert_eq!(buckets.first().unwrap().account, account());
}
