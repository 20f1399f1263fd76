//! What lies around the groups: their network, and what else uses them.

use audit::Collector;
use compliance::Fact;
use compliance::observation::VpcBlockPublicAccess;
use replay::{Answer, Replay, call};

use crate::region::{collector, first_page, observed, region, response, rule, rules, unread};

const ROUTES: &str = "<item><routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId>\
    <routeSet><item><destinationCidrBlock>10.0.0.0/16</destinationCidrBlock><gatewayId>local</gatewayId>\
    <state>active</state></item><item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock>\
    <gatewayId>igw-1</gatewayId><state>active</state></item></routeSet>\
    <associationSet><item><main>true</main></item></associationSet></item>\
    <item><routeTableId>rtb-9</routeTableId><vpcId>vpc-9</vpcId>\
    <associationSet><item><main>true</main></item></associationSet></item>";

const ACL: &str = "<item><networkAclId>acl-1</networkAclId><entrySet>\
    <item><ruleNumber>32767</ruleNumber><protocol>-1</protocol><ruleAction>deny</ruleAction>\
    <egress>false</egress><cidrBlock>0.0.0.0/0</cidrBlock></item>\
    <item><ruleNumber>100</ruleNumber><protocol>6</protocol><ruleAction>allow</ruleAction>\
    <egress>false</egress><cidrBlock>0.0.0.0/0</cidrBlock>\
    <portRange><from>22</from><to>22</to></portRange></item>\
    <item><ruleNumber>100</ruleNumber><protocol>-1</protocol><ruleAction>allow</ruleAction>\
    <egress>true</egress><cidrBlock>0.0.0.0/0</cidrBlock></item></entrySet>\
    <associationSet><item><subnetId>subnet-1</subnetId></item></associationSet></item>";

const TEMPLATE: &str = "<item><launchTemplateId>lt-1</launchTemplateId><launchTemplateData>\
    <securityGroupIdSet><item>sg-b</item></securityGroupIdSet></launchTemplateData></item>";

const STALE: &str = "<item><groupId>sg-b</groupId><staleIpPermissions><item><fromPort>22</fromPort>\
    <ipProtocol>tcp</ipProtocol><toPort>22</toPort>\
    <groups><item><groupId>sg-gone</groupId></item></groups></item></staleIpPermissions></item>";

/// The listings around the groups of `region`: a subnet with a way to the internet, a template, stale rules.
pub(crate) fn around(replay: Replay) -> Replay {
    let subnet = "<item><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId>\
        <ownerId>111122223333</ownerId></item>";
    let instance = "<item><instancesSet><item><instanceId>i-1</instanceId>\
        <instanceState><name>running</name></instanceState>\
        <iamInstanceProfile><id>AIPA</id></iamInstanceProfile></item></instancesSet></item>";
    let association = "<item><groupId>sg-a</groupId><vpcId>vpc-7</vpcId>\
        <vpcOwnerId>444455556666</vpcOwnerId><state>associated</state></item>";
    let exclusion = "<item><exclusionId>e-1</exclusionId><state>create-complete</state>\
        <resourceArn>arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1</resourceArn>\
        <internetGatewayExclusionMode>allow-bidirectional</internetGatewayExclusionMode></item>";
    let addresses = "<item><publicIp>203.0.113.7</publicIp></item><item><publicIp>203.0.113.8</publicIp></item>";
    let sets = [
        ("DescribeSubnets", "subnetSet", subnet),
        ("DescribeRouteTables", "routeTableSet", ROUTES),
        ("DescribeNetworkAcls", "networkAclSet", ACL),
        ("DescribeInstances", "reservationSet", instance),
        ("DescribeAddresses", "addressesSet", addresses),
        (
            "DescribeLaunchTemplateVersions",
            "launchTemplateVersionSet",
            TEMPLATE,
        ),
        (
            "DescribeSecurityGroupVpcAssociations",
            "securityGroupVpcAssociationSet",
            association,
        ),
        (
            "DescribeStaleSecurityGroups",
            "staleSecurityGroupSet",
            STALE,
        ),
        (
            "DescribeVpcBlockPublicAccessExclusions",
            "vpcBlockPublicAccessExclusionSet",
            exclusion,
        ),
    ];
    let replay = replay.on(
        "DescribeVpcBlockPublicAccessOptions",
        block("block-ingress"),
    );
    sets.into_iter()
        .fold(replay, |replay, (operation, set, items)| {
            replay.on(operation, response(operation, set, items, None))
        })
}

fn block(mode: &str) -> Answer {
    let options = format!(
        "<state>update-complete</state><internetGatewayBlockMode>{mode}</internetGatewayBlockMode>"
    );
    response(
        "DescribeVpcBlockPublicAccessOptions",
        "vpcBlockPublicAccessOptions",
        &options,
        None,
    )
}

#[tokio::test]
async fn a_refused_listing_is_unknown_on_the_groups_that_it_concerns() {
    let cases = [
        ("DescribeSubnets", "subnets", "sg-a"),
        ("DescribeRouteTables", "route_tables", "sg-a"),
        ("DescribeNetworkAcls", "network_acls", "sg-a"),
        (
            "DescribeVpcBlockPublicAccessOptions",
            "vpc_block_public_access",
            "sg-a",
        ),
        (
            "DescribeVpcBlockPublicAccessExclusions",
            "vpc_block_public_access",
            "sg-a",
        ),
        ("DescribeInstances", "instances", "sg-a"),
        ("DescribeAddresses", "elastic_ips", "sg-a"),
        ("DescribeLaunchTemplateVersions", "launch_templates", "sg-a"),
        (
            "DescribeSecurityGroupVpcAssociations",
            "vpc_associations",
            "sg-a",
        ),
        ("DescribeStaleSecurityGroups", "stale_rules", "sg-b"),
    ];
    let answers = [
        "UnauthorizedOperation",
        "RequestLimitExceeded",
        "InvalidVpcID.NotFound",
    ];
    for (operation, field, group) in cases {
        for (code, told) in answers.iter().zip([answers[0], answers[1], "NotFound"]) {
            let replay = region().on(operation, Answer::refused(400, code));
            let page = first_page(&replay).await;
            let of = observed(&page).into_iter().find(|it| it.group_id == group);
            assert_eq!(
                unread(of.unwrap()),
                [format!("{field}: {operation} {told}")]
            );
        }
    }
}

#[tokio::test]
async fn all_pages_of_a_listing_are_read() {
    let second = "<item><routeTableId>rtb-2</routeTableId><vpcId>vpc-1</vpcId><associationSet>\
        <item><subnetId>subnet-1</subnetId></item></associationSet></item>";
    let replay = region()
        .on(
            "DescribeRouteTables",
            response("DescribeRouteTables", "routeTableSet", ROUTES, Some("t2")),
        )
        .on(
            call("DescribeRouteTables").with("NextToken=t2"),
            response("DescribeRouteTables", "routeTableSet", second, None),
        );
    let page = first_page(&replay).await;
    let tables = observed(&page)[0].route_tables.known().unwrap();
    let ids: Vec<&str> = tables.iter().map(|table| table.id.as_str()).collect();
    assert_eq!(ids, ["rtb-1", "rtb-2"]);
}

#[tokio::test]
async fn a_region_without_interfaces_costs_no_call_about_its_network() {
    let none = response("DescribeNetworkInterfaces", "networkInterfaceSet", "", None);
    let replay = region().on("DescribeNetworkInterfaces", none);
    let page = first_page(&replay).await;
    assert_eq!(
        observed(&page)[0].vpc_block_public_access,
        Fact::Known(None)
    );
    for operation in [
        "DescribeSubnets",
        "DescribeRouteTables",
        "DescribeInstances",
    ] {
        assert!(replay.requests_of(operation).is_empty(), "{operation}");
    }
}

#[tokio::test]
async fn exclusions_are_asked_for_only_where_something_is_blocked() {
    let replay = region().on("DescribeVpcBlockPublicAccessOptions", block("off"));
    let page = first_page(&replay).await;
    let off = VpcBlockPublicAccess {
        mode: Some("off".to_owned()),
        exclusions: [].into(),
    };
    assert_eq!(
        observed(&page)[0].vpc_block_public_access,
        Fact::Known(Some(off))
    );
    assert!(
        replay
            .requests_of("DescribeVpcBlockPublicAccessExclusions")
            .is_empty()
    );
}

#[tokio::test]
async fn stale_rules_are_asked_for_only_where_a_rule_names_a_group_elsewhere() {
    let replay = region().on(
        "DescribeSecurityGroupRules",
        rules(
            &rule(
                "sgr-1",
                "sg-a",
                "<referencedGroupInfo><groupId>sg-b</groupId></referencedGroupInfo>",
            ),
            None,
        ),
    );
    let page = first_page(&replay).await;
    assert_eq!(observed(&page)[1].stale_rules, Fact::Known(Vec::new()));
    assert!(replay.requests_of("DescribeStaleSecurityGroups").is_empty());
}

#[tokio::test]
async fn a_refused_listing_is_tried_again_for_the_next_page_and_a_read_one_is_not() {
    let throttled = Answer::throttled("RequestLimitExceeded");
    let replay = region().on(
        "DescribeAddresses",
        [
            throttled,
            response("DescribeAddresses", "addressesSet", "", None),
        ],
    );
    let collector = collector(&replay, 1).await;
    let first = collector.collect(None).await.unwrap();
    let second = collector.collect(first.next.as_deref()).await.unwrap();
    assert!(observed(&first)[0].elastic_ips.is_unread());
    assert_eq!(observed(&second)[0].elastic_ips, Fact::Known(Vec::new()));
    assert_eq!(
        replay
            .requests_of("DescribeSecurityGroupVpcAssociations")
            .len(),
        1
    );
}
