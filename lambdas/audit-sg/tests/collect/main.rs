//! The collector against EC2's own XML: a fine region, refusals, throttling, and what vanishes.

#![cfg(test)]

mod actions;
mod invocation;
mod pages;
mod prefix_lists;
mod region;
mod surroundings;

use audit::Collector;
use compliance::{ErrorName, Fact};
use region::{ACCOUNT, collector, first_page, group, groups, observed, references, region, unread};
use replay::{Answer, call};

#[tokio::test]
async fn a_region_is_read_in_full() {
    let replay = region();
    let page = first_page(&replay).await;
    assert_eq!((page.vanished, page.next.as_deref()), (0, None));
    insta::assert_json_snapshot!(observed(&page));
}

#[tokio::test]
async fn a_refused_call_is_unknown_on_every_group_that_it_concerns() {
    let cases: [(&str, &[&str]); 4] = [
        (
            "DescribeSecurityGroupRules",
            &[
                "elastic_ips",
                "overlapping_rules",
                "prefix_lists",
                "referenced_by",
                "rules",
                "stale_rules",
            ],
        ),
        (
            "DescribeNetworkInterfaces",
            &[
                "instances",
                "network_acls",
                "network_interfaces",
                "overlapping_rules",
                "route_tables",
                "subnets",
                "vpc_block_public_access",
                "vpc_network_interfaces",
            ],
        ),
        ("DescribeVpcs", &["vpc"]),
        ("DescribeSecurityGroupReferences", &["peering_references"]),
    ];
    for (operation, fields) in cases {
        let replay = region().on(operation, Answer::denied("UnauthorizedOperation"));
        let page = first_page(&replay).await;
        for group in observed(&page) {
            let expected = fields
                .iter()
                .map(|f| format!("{f}: {operation} UnauthorizedOperation"));
            assert_eq!(unread(group), expected.collect::<Vec<_>>());
        }
    }
}

#[tokio::test]
async fn a_refused_listing_of_groups_is_the_scopes_error() {
    let denied = Answer::denied("UnauthorizedOperation");
    let replay = region().on("DescribeSecurityGroups", denied);
    let error = collector(&replay, 500)
        .await
        .collect(None)
        .await
        .unwrap_err();
    assert_eq!(error.name(), ErrorName::AccessDenied);
    let message = error.to_string();
    for named in [
        ACCOUNT,
        "eu-west-1",
        "DescribeSecurityGroups",
        "UnauthorizedOperation",
    ] {
        assert!(message.contains(named), "{message}");
    }
}

#[tokio::test]
async fn throttling_that_outlives_the_retries_is_a_gap_and_not_an_empty_answer() {
    let throttled = Answer::throttled("RequestLimitExceeded");
    let replay = region().on("DescribeNetworkInterfaces", throttled);
    let page = first_page(&replay).await;
    let [web, _] = observed(&page)[..] else {
        panic!("two groups")
    };
    assert_eq!(web.network_interfaces, Fact::Unread);
    assert_eq!(
        web.unknown.get("network_interfaces").unwrap().code,
        "RequestLimitExceeded"
    );
}

#[tokio::test]
async fn a_group_that_vanishes_is_counted_and_takes_no_other_with_it() {
    let gone = Answer::refused(400, "InvalidGroup.NotFound");
    let replay = region()
        .on(call("DescribeSecurityGroupReferences").with("sg-b"), gone)
        .on(
            call("DescribeSecurityGroupReferences").with("sg-a"),
            references(""),
        )
        .on(
            call("DescribeSecurityGroupReferences")
                .with("sg-a")
                .with("sg-b"),
            Answer::refused(400, "InvalidGroup.NotFound"),
        );
    let page = first_page(&replay).await;
    assert_eq!(page.vanished, 1);
    let ids: Vec<&str> = observed(&page)
        .iter()
        .map(|group| group.group_id.as_str())
        .collect();
    assert_eq!(ids, ["sg-a"]);
}

#[tokio::test]
async fn groups_that_another_account_shares_are_left_to_their_owner() {
    let listed = group("sg-a", "web", ACCOUNT) + &group("sg-x", "shared", "444455556666");
    let replay = region().on("DescribeSecurityGroups", groups(&listed, None));
    assert_eq!(observed(&first_page(&replay).await).len(), 1);
}
