//! Where the references of buckets lead, and which keys they bring in.

use audit::{Collector, Page, Resolved};
use compliance::{Fact, Refusal};
use replay::{Answer, call};
use serde_json::json;

use crate::wire::{self, arn, reference};

fn outcome<'a>(page: &'a Page, name: &str) -> &'a Resolved {
    let mut resolutions = page.resolutions.iter();
    let found = resolutions.find(|resolution| resolution.reference.reference == name);
    &found.unwrap().outcome
}

#[tokio::test]
async fn every_name_of_a_key_leads_to_it_and_it_knows_its_buckets() {
    let own = arn("1");
    let names = [
        own.as_str(),
        "1",
        "alias/app",
        "arn:aws:kms:eu-west-1:111122223333:alias/app",
    ];
    let replay = names
        .iter()
        .fold(wire::region(&["1", "2"]), |replay, name| {
            let described = call("DescribeKey").with(format!("\"{name}\""));
            replay.on(described, wire::metadata("1", &json!({})))
        });
    let buckets = ["d", "c", "b", "a"];
    let references: Vec<_> = names
        .iter()
        .zip(buckets)
        .map(|(name, bucket)| reference(name, bucket))
        .collect();
    let page = wire::first_page(&replay, &references).await;

    assert_eq!(page.resolutions.len(), 4);
    for name in names {
        assert_eq!(*outcome(&page, name), Resolved::Key(own.clone()), "{name}");
    }
    let expected = ["a", "b", "c", "d"].map(|bucket| format!("arn:aws:s3:::{bucket}"));
    assert_eq!(wire::key(&page, "1").buckets, expected);
    assert!(wire::key(&page, "2").buckets.is_empty());
}

#[tokio::test]
async fn a_key_that_was_looked_up_is_not_described_again() {
    let replay = wire::region(&["1"]);
    let page = wire::first_page(&replay, &[reference("1", "b")]).await;
    assert_eq!(wire::ids(&page), ["1"]);
    assert_eq!(replay.requests_of("DescribeKey").len(), 1);
}

#[tokio::test]
async fn a_key_of_another_account_is_foreign_and_not_asked_for() {
    let theirs = "arn:aws:kms:eu-west-1:444455556666:key/theirs";
    let replay = wire::region(&["1"]);
    let page = wire::first_page(&replay, &[reference(theirs, "b")]).await;
    let foreign = Resolved::Foreign {
        arn: theirs.to_owned(),
        account: "444455556666".parse().unwrap(),
    };
    assert_eq!(*outcome(&page, theirs), foreign);
    assert_eq!(wire::ids(&page), ["1"]);
    assert!(
        replay
            .requests()
            .iter()
            .all(|request| !request.holds("theirs"))
    );
}

#[tokio::test]
async fn a_reference_to_nothing_is_missing_and_a_refused_one_is_not() {
    let named = |name: &str| call("DescribeKey").with(name);
    let replay = wire::region(&[])
        .on(
            named("alias/gone"),
            Answer::refused(400, "NotFoundException"),
        )
        .on(named("alias/shut"), Answer::denied("AccessDeniedException"));
    let references = [reference("alias/gone", "a"), reference("alias/shut", "b")];
    let page = wire::first_page(&replay, &references).await;
    assert_eq!(*outcome(&page, "alias/gone"), Resolved::Missing);
    let refusal = Refusal {
        operation: "DescribeKey".to_owned(),
        code: "AccessDeniedException".to_owned(),
    };
    assert_eq!(*outcome(&page, "alias/shut"), Resolved::Refused(refusal));
}

#[tokio::test]
async fn a_key_of_aws_is_observed_only_if_a_bucket_uses_it() {
    let of_aws = json!({"KeyManager": "AWS"});
    let replay = wire::region(&["1", "2"]);
    let replay = wire::described(replay, "1", &of_aws);
    let replay = wire::described(replay, "2", &of_aws).on(
        call("DescribeKey").with("alias/aws/s3"),
        wire::metadata("2", &of_aws),
    );
    let page = wire::first_page(&replay, &[reference("alias/aws/s3", "b")]).await;
    assert_eq!(wire::ids(&page), ["2"]);
    assert_eq!(
        wire::key(&page, "2").key_manager,
        Fact::Known("AWS".to_owned())
    );
    assert_eq!(page.vanished, 0);
    assert!(replay.requests_of("GetKeyPolicy").len() == 1);
}

#[tokio::test]
async fn references_are_told_once_and_known_on_every_page() {
    let replay = wire::region(&["1"])
        .on("ListKeys", wire::listing(&["1"], Some("more")))
        .on(call("ListKeys").with("more"), wire::listing(&["2"], None));
    let replay = wire::described(replay, "2", &json!({}));
    let references = [reference("2", "b")];

    let collector = wire::collector(&replay, &references).await;
    let page = collector.collect(None).await.unwrap();
    assert_eq!(*outcome(&page, "2"), Resolved::Key(arn("2")));

    let later_invocation = wire::collector(&replay, &references).await;
    let page = later_invocation.collect(Some("more")).await.unwrap();
    assert!(page.resolutions.is_empty());
    assert_eq!(wire::key(&page, "2").buckets, ["arn:aws:s3:::b"]);
}
