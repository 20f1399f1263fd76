//! Pages: EC2's, which are all read, and ours, which anyone can go on from.

use audit::Collector;
use compliance::Fact;
use replay::{Answer, call};

use crate::region::{
    ACCOUNT, collector, entries, first_page, group, groups, observed, region, response, rule, rules,
};

#[tokio::test]
async fn every_listing_is_paginated_and_made_once() {
    let replay = region();
    first_page(&replay).await;
    let mut operations = replay.operations();
    operations.retain(|operation| operation != "GetCallerIdentity");
    operations.sort();
    assert_eq!(
        operations,
        [
            "DescribeAddresses",
            "DescribeInstances",
            "DescribeLaunchTemplateVersions",
            "DescribeManagedPrefixLists",
            "DescribeNetworkAcls",
            "DescribeNetworkInterfaces",
            "DescribeRouteTables",
            "DescribeSecurityGroupReferences",
            "DescribeSecurityGroupRules",
            "DescribeSecurityGroupVpcAssociations",
            "DescribeSecurityGroups",
            "DescribeStaleSecurityGroups",
            "DescribeSubnets",
            "DescribeVpcBlockPublicAccessExclusions",
            "DescribeVpcBlockPublicAccessOptions",
            "DescribeVpcs",
            "GetManagedPrefixListEntries",
        ]
    );
    for request in replay.requests() {
        let unpaged = [
            "GetCallerIdentity",
            "DescribeAddresses",
            "DescribeSecurityGroupReferences",
            "DescribeVpcBlockPublicAccessOptions",
        ];
        let paged = request.body.contains("MaxResults=");
        assert!(
            paged || unpaged.contains(&request.operation.as_str()),
            "{}",
            request.operation
        );
    }
}

#[tokio::test]
async fn an_empty_region_costs_one_call() {
    let replay = region().on("DescribeSecurityGroups", groups("", None));
    assert_eq!(first_page(&replay).await, audit::Page::default());
    assert_eq!(
        replay.operations(),
        ["GetCallerIdentity", "DescribeSecurityGroups"]
    );
}

#[tokio::test]
async fn a_refused_listing_is_tried_again_for_the_next_page_and_a_read_one_is_not() {
    let vpcs = response("DescribeVpcs", "vpcSet", "", None);
    let throttled = Answer::throttled("RequestLimitExceeded");
    let replay = region().on("DescribeVpcs", [throttled, vpcs]);
    let collector = collector(&replay, 1).await;
    let first = collector.collect(None).await.unwrap();
    let second = collector.collect(first.next.as_deref()).await.unwrap();
    assert!(observed(&first)[0].vpc.is_unread());
    assert_eq!(observed(&second)[0].vpc, Fact::Known(None));
    assert_eq!(replay.requests_of("DescribeVpcs").len(), 2);
    assert_eq!(replay.requests_of("DescribeSecurityGroupRules").len(), 1);
    assert_eq!(replay.requests_of("DescribeSecurityGroups").len(), 1);
}

#[tokio::test]
async fn all_pages_of_aws_are_read() {
    let open = "<cidrIpv4>10.0.0.0/8</cidrIpv4>";
    let replay = region()
        .on(
            "DescribeSecurityGroups",
            groups(&group("sg-b", "late", ACCOUNT), Some("g2")),
        )
        .on(
            call("DescribeSecurityGroups").with("NextToken=g2"),
            groups(&group("sg-a", "early", ACCOUNT), None),
        )
        .on(
            "DescribeSecurityGroupRules",
            rules(&rule("sgr-1", "sg-a", open), Some("r2")),
        )
        .on(
            call("DescribeSecurityGroupRules").with("NextToken=r2"),
            rules(&rule("sgr-2", "sg-a", open), None),
        );
    let page = first_page(&replay).await;
    let ids: Vec<&str> = observed(&page)
        .iter()
        .map(|group| group.group_id.as_str())
        .collect();
    assert_eq!(ids, ["sg-a", "sg-b"]);
    assert_eq!(observed(&page)[0].rules.known().unwrap().len(), 2);
}

#[tokio::test]
async fn our_pages_go_on_after_the_last_group_whoever_reads_them() {
    let first = collector(&region(), 1).await.collect(None).await.unwrap();
    assert_eq!(first.next.as_deref(), Some("sg-a"));
    let second = collector(&region(), 1)
        .await
        .collect(Some("sg-a"))
        .await
        .unwrap();
    assert_eq!(second.next, None);
    assert_eq!(observed(&first)[0].group_id, "sg-a");
    assert_eq!(observed(&second)[0].group_id, "sg-b");
    let past_the_end = collector(&region(), 1)
        .await
        .collect(Some("sg-b"))
        .await
        .unwrap();
    assert_eq!(past_the_end, audit::Page::default());
}

#[tokio::test]
async fn an_expired_token_starts_the_listing_again_without_repeating_a_group() {
    let expired = Answer::refused(400, "InvalidNextToken");
    let replay = region()
        .on(
            "DescribeSecurityGroups",
            groups(&group("sg-a", "web", ACCOUNT), Some("g2")),
        )
        .on(
            call("DescribeSecurityGroups").with("NextToken=g2"),
            [expired, groups(&group("sg-b", "database", ACCOUNT), None)],
        );
    let page = first_page(&replay).await;
    let ids: Vec<&str> = observed(&page)
        .iter()
        .map(|group| group.group_id.as_str())
        .collect();
    assert_eq!(ids, ["sg-a", "sg-b"]);
    assert_eq!(replay.requests_of("DescribeSecurityGroups").len(), 4);
}

#[tokio::test]
async fn a_token_that_expires_twice_is_an_error_that_says_so() {
    let replay = region()
        .on(
            "DescribeSecurityGroups",
            groups(&group("sg-a", "web", ACCOUNT), Some("g2")),
        )
        .on(
            call("DescribeSecurityGroups").with("NextToken=g2"),
            Answer::refused(400, "InvalidPaginationToken"),
        );
    let error = collector(&replay, 500)
        .await
        .collect(None)
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("InvalidPaginationToken"),
        "{error}"
    );
}

#[tokio::test]
async fn a_prefix_list_is_read_to_its_end_and_once() {
    let replay = region()
        .on(
            "DescribeSecurityGroupRules",
            rules(
                &(rule("sgr-1", "sg-a", "<prefixListId>pl-1</prefixListId>")
                    + &rule("sgr-2", "sg-b", "<prefixListId>pl-1</prefixListId>")),
                None,
            ),
        )
        .on(
            "GetManagedPrefixListEntries",
            entries("<item><cidr>192.0.2.0/24</cidr></item>", Some("e2")),
        )
        .on(
            call("GetManagedPrefixListEntries").with("NextToken=e2"),
            entries("<item><cidr>0.0.0.0/0</cidr></item>", None),
        );
    let collector = collector(&replay, 1).await;
    for after in [None, Some("sg-a")] {
        let page = collector.collect(after).await.unwrap();
        let lists = observed(&page)[0].prefix_lists.known().unwrap();
        assert_eq!(
            lists.get("pl-1").unwrap().cidrs,
            ["0.0.0.0/0", "192.0.2.0/24"]
        );
    }
    assert_eq!(replay.requests_of("GetManagedPrefixListEntries").len(), 2);
    assert_eq!(replay.requests_of("DescribeManagedPrefixLists").len(), 1);
}
