//! Prefix lists that cannot be read: only they are left out, and each is told once.

use audit::{Collector, Page};
use compliance::Gap;
use compliance::observation::SecurityGroupObservation;
use replay::{Answer, Replay, call};

use crate::region::{
    ACCOUNT, collector, entries, first_page, observed, region, response, rule, rules, unread,
};

const REFUSED: &str = "UnauthorizedOperation";

/// `sg-a` names `pl-1` and `pl-2`, `sg-b` names `pl-2`; only `pl-1` can be read.
fn two_lists(refusal: Answer) -> Replay {
    let named = [
        rule("sgr-1", "sg-a", "<prefixListId>pl-1</prefixListId>"),
        rule("sgr-2", "sg-a", "<prefixListId>pl-2</prefixListId>"),
        rule("sgr-3", "sg-b", "<prefixListId>pl-2</prefixListId>"),
    ];
    let listed = ["pl-1", "pl-2"].map(|id| {
        format!(
            "<item><prefixListId>{id}</prefixListId><prefixListArn>{}</prefixListArn>\
             <ownerId>{ACCOUNT}</ownerId></item>",
            arn(id)
        )
    });
    let lists = response(
        "DescribeManagedPrefixLists",
        "prefixListSet",
        &listed.concat(),
        None,
    );
    region()
        .on("DescribeSecurityGroupRules", rules(&named.concat(), None))
        .on("DescribeManagedPrefixLists", lists)
        .on(
            call("GetManagedPrefixListEntries").with("pl-1"),
            entries("<item><cidr>192.0.2.0/24</cidr></item>", None),
        )
        .on(call("GetManagedPrefixListEntries").with("pl-2"), refusal)
}

fn arn(list: &str) -> String {
    format!("arn:aws:ec2:eu-west-1:{ACCOUNT}:prefix-list/{list}")
}

fn gap(resource: &str, operation: &str, code: &str) -> Gap {
    serde_json::from_value(serde_json::json!({
        "account": ACCOUNT, "region": "eu-west-1", "service": "sg",
        "resource": resource, "operation": operation, "code": code,
    }))
    .unwrap()
}

/// The ids of the lists that were read of a group.
fn read(group: &SecurityGroupObservation) -> Vec<&str> {
    let lists = group.prefix_lists.known().unwrap();
    lists.keys().map(String::as_str).collect()
}

fn assert_only_the_first_is_read(page: &Page, code: &str) {
    let [web, database] = observed(page)[..] else {
        panic!("two groups")
    };
    assert_eq!(read(web), ["pl-1"]);
    assert_eq!(read(database), [""; 0]);
    assert!(unread(web).is_empty() && unread(database).is_empty());
    let told = gap(&arn("pl-2"), "GetManagedPrefixListEntries", code);
    assert_eq!(page.gaps, [told]);
}

#[tokio::test]
async fn a_refused_prefix_list_leaves_out_itself_alone_and_is_a_gap() {
    let page = first_page(&two_lists(Answer::denied(REFUSED))).await;
    assert_only_the_first_is_read(&page, REFUSED);
}

#[tokio::test]
async fn a_prefix_list_that_is_gone_leaves_out_itself_alone_and_is_a_gap() {
    let gone = Answer::refused(400, "InvalidPrefixListID.NotFound");
    let page = first_page(&two_lists(gone)).await;
    assert_only_the_first_is_read(&page, "NotFound");
}

#[tokio::test]
async fn a_prefix_list_that_is_not_listed_is_told_by_its_id() {
    let lists = response("DescribeManagedPrefixLists", "prefixListSet", "", None);
    let replay = two_lists(Answer::denied(REFUSED)).on("DescribeManagedPrefixLists", lists);
    let page = first_page(&replay).await;
    let told = gap("pl-2", "GetManagedPrefixListEntries", REFUSED);
    assert_eq!(page.gaps, [told]);
}

#[tokio::test]
async fn without_the_listing_every_list_is_left_out_and_none_is_asked_for() {
    let replay = two_lists(Answer::denied(REFUSED))
        .on("DescribeManagedPrefixLists", Answer::denied(REFUSED));
    let page = first_page(&replay).await;
    for group in observed(&page) {
        assert_eq!(read(group), [""; 0]);
        assert!(unread(group).is_empty());
    }
    let told = ["pl-1", "pl-2"].map(|id| gap(id, "DescribeManagedPrefixLists", REFUSED));
    assert_eq!(page.gaps, told);
    assert_eq!(replay.requests_of("DescribeManagedPrefixLists").len(), 1);
    assert!(replay.requests_of("GetManagedPrefixListEntries").is_empty());
}

#[tokio::test]
async fn a_refused_list_is_tried_again_for_the_next_page_but_told_once() {
    let replay = two_lists(Answer::denied(REFUSED));
    let collector = collector(&replay, 1).await;
    let first = collector.collect(None).await.unwrap();
    let second = collector.collect(first.next.as_deref()).await.unwrap();
    assert_eq!((first.gaps.len(), second.gaps.len()), (1, 0));
    assert_eq!(read(observed(&second)[0]), [""; 0]);
    assert_eq!(replay.requests_of("GetManagedPrefixListEntries").len(), 3);
}
