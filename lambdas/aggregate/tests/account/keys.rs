//! `task: account`: keys that buckets of other accounts use.

use std::collections::BTreeMap;

use aggregate::SecurityHub;
use replay::{Answer, Replay, call};
use serde_json::{Value, json};

use crate::world::{ACCOUNT, KEY, RUN, coverage, invoke, replay, reports, request, stage};
use crate::written::{transacted, written};

const OTHER: &str = "444455556666";
const THEIRS: &str = "arn:aws:kms:eu-west-1:444455556666:key/theirs";

/// The reports of an account in an Organization of these accounts, whose bucket names another account's key.
fn borrowing(accounts: &[&str]) -> BTreeMap<String, Value> {
    let mut objects = reports();
    let organization = json!({"organization_id": "o-a", "accounts": accounts});
    objects.insert(format!("runs/{RUN}/organization.json"), organization);
    let key = format!("runs/{RUN}/accounts/{ACCOUNT}/s3/global/part-00000.json");
    objects.get_mut(&key).unwrap()["key_uses"][0]["reference"] = json!(THEIRS);
    objects
}

/// What was written into the register: the kind of write, the account and the place.
fn registered(replay: &Replay) -> Vec<String> {
    let items = transacted(replay);
    let writes = items
        .iter()
        .flat_map(|item| item.as_object().unwrap())
        .map(|(kind, write)| {
            let text = |name: &str| write["Key"][name]["S"].as_str().unwrap();
            format!("{kind} {} {}", text("account"), text("place"))
        });
    let is_register = |line: &String| line.contains(" use#") || line.contains(" foreign-key#");
    writes.filter(is_register).collect()
}

/// What the register holds of the bucket from an earlier run.
fn known() -> Answer {
    let text = |value: &str| json!({"S": value});
    let item = json!({"bucket": text("arn:aws:s3:::gone"), "bucket_account": text(ACCOUNT), "key": text(THEIRS),
        "key_region": text("eu-west-1"), "key_account": text(OTHER)});
    Answer::of(json!({"Items": [item], "Count": 1}))
}

#[tokio::test]
async fn a_bucket_on_a_key_of_another_account_is_told_to_that_account() {
    let replay = replay(borrowing(&[ACCOUNT, OTHER]));
    invoke(&stage(&replay, SecurityHub::Off), request())
        .await
        .unwrap();
    assert_eq!(
        registered(&replay),
        [
            "Update 111122223333 foreign-key#arn:aws:s3:::logs".to_owned(),
            format!("Update {OTHER} use#eu-west-1#{THEIRS}#arn:aws:s3:::logs"),
        ]
    );
}

#[tokio::test]
async fn an_account_outside_the_organization_is_told_nothing() {
    let replay = replay(borrowing(&[ACCOUNT]));
    invoke(&stage(&replay, SecurityHub::Off), request())
        .await
        .unwrap();
    assert!(registered(&replay).is_empty());
}

#[tokio::test]
async fn a_bucket_that_is_gone_is_forgotten_on_both_sides_if_its_absence_is_proven() {
    let gone = |objects| replay(objects).on(call("Query").with("foreign-key#"), known());
    let seen = gone(reports());
    invoke(&stage(&seen, SecurityHub::Off), request())
        .await
        .unwrap();
    assert_eq!(
        registered(&seen),
        [
            format!("Delete {OTHER} use#eu-west-1#{THEIRS}#arn:aws:s3:::gone"),
            "Delete 111122223333 foreign-key#arn:aws:s3:::gone".to_owned(),
        ]
    );
    let unfinished = gone(borrowing(&[ACCOUNT, OTHER]));
    let mut early = request();
    early["state"]["audits"]["s3"]["next"] = json!("page-3");
    invoke(&stage(&unfinished, SecurityHub::Off), early)
        .await
        .unwrap();
    assert!(coverage(&unfinished).contains("ended early: Unfinished"));
    let forgotten = registered(&unfinished);
    assert!(
        forgotten.iter().all(|line| line.starts_with("Update ")),
        "{forgotten:?}"
    );
}

#[tokio::test]
async fn the_finding_of_a_key_names_the_buckets_of_other_accounts_in_the_organization() {
    let text = |value: &str| json!({"S": value});
    let used_by = |bucket: &str, account: &str| json!({"bucket": text(bucket), "bucket_account": text(account), "key": text(KEY)});
    let uses = json!({"Items": [used_by("arn:aws:s3:::lake", OTHER), used_by("arn:aws:s3:::left", "999988887777")],
        "Count": 2});
    let replay =
        replay(borrowing(&[ACCOUNT, OTHER])).on(call("Query").with("use#"), Answer::of(uses));
    invoke(&stage(&replay, SecurityHub::Off), request())
        .await
        .unwrap();
    let finding = written(&replay, "#KMS.4");
    let buckets = &finding["ExpressionAttributeValues"][":buckets"]["L"];
    assert_eq!(*buckets, json!([{"S": "arn:aws:s3:::lake"}]));
}
