//! A region as EC2 answers it: two groups, an open rule, a rule by prefix list, one interface.

use audit::{Collector, Page};
use audit_sg::SecurityGroupCollector;
use aws::Session;
use compliance::Observation;
use compliance::observation::SecurityGroupObservation;
use replay::{Answer, Replay};

use crate::surroundings::around;

/// The account whose groups are read.
pub(crate) const ACCOUNT: &str = "111122223333";

/// A `Describe...Response` with one set.
pub(crate) fn response(operation: &str, set: &str, items: &str, next: Option<&str>) -> Answer {
    let next = next.map_or_else(String::new, |token| {
        format!("<nextToken>{token}</nextToken>")
    });
    Answer::of(format!(
        r#"<{operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><{set}>{items}</{set}>{next}</{operation}Response>"#
    ))
}

/// One group of `DescribeSecurityGroups`.
pub(crate) fn group(id: &str, name: &str, owner: &str) -> String {
    format!(
        "<item><ownerId>{owner}</ownerId><groupId>{id}</groupId><groupName>{name}</groupName>\
         <groupDescription>of the {name} tier</groupDescription><vpcId>vpc-1</vpcId></item>"
    )
}

/// One ingress rule of `DescribeSecurityGroupRules` for TCP port 22.
pub(crate) fn rule(id: &str, group: &str, source: &str) -> String {
    format!(
        "<item><securityGroupRuleId>{id}</securityGroupRuleId><groupId>{group}</groupId>\
         <isEgress>false</isEgress><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort>\
         <toPort>22</toPort>{source}</item>"
    )
}

pub(crate) fn groups(items: &str, next: Option<&str>) -> Answer {
    response("DescribeSecurityGroups", "securityGroupInfo", items, next)
}

pub(crate) fn rules(items: &str, next: Option<&str>) -> Answer {
    response(
        "DescribeSecurityGroupRules",
        "securityGroupRuleSet",
        items,
        next,
    )
}

pub(crate) fn references(items: &str) -> Answer {
    response(
        "DescribeSecurityGroupReferences",
        "securityGroupReferenceSet",
        items,
        None,
    )
}

pub(crate) fn entries(items: &str, next: Option<&str>) -> Answer {
    response("GetManagedPrefixListEntries", "entrySet", items, next)
}

/// `sg-a` is open to the world and carried by an interface; `sg-b` admits `sg-a` and a prefix list.
pub(crate) fn region() -> Replay {
    let listed = group("sg-a", "web", ACCOUNT) + &group("sg-b", "database", ACCOUNT);
    let by_rules = [
        rule(
            "sgr-1",
            "sg-a",
            "<cidrIpv4>0.0.0.0/0</cidrIpv4><description>ops</description>",
        ),
        rule(
            "sgr-2",
            "sg-b",
            "<referencedGroupInfo><groupId>sg-a</groupId></referencedGroupInfo>",
        ),
        rule("sgr-3", "sg-b", "<prefixListId>pl-1</prefixListId>"),
        rule(
            "sgr-4",
            "sg-b",
            "<referencedGroupInfo><groupId>sg-gone</groupId></referencedGroupInfo>",
        ),
        rule("sgr-5", "sg-b", "<cidrIpv4>203.0.113.7/32</cidrIpv4>"),
    ];
    let interface = "<item><networkInterfaceId>eni-1</networkInterfaceId><vpcId>vpc-1</vpcId>\
        <subnetId>subnet-1</subnetId><status>in-use</status><interfaceType>interface</interfaceType>\
        <requesterManaged>false</requesterManaged>\
        <attachment><instanceId>i-1</instanceId></attachment>\
        <association><publicIp>203.0.113.7</publicIp></association>\
        <groupSet><item><groupId>sg-a</groupId></item></groupSet></item>";
    let vpc = "<item><vpcId>vpc-1</vpcId><cidrBlock>10.0.0.0/16</cidrBlock>\
        <isDefault>true</isDefault></item>";
    let list = "<item><prefixListId>pl-1</prefixListId><prefixListName>offices</prefixListName>\
        <ownerId>111122223333</ownerId></item>";
    let reference = "<item><groupId>sg-b</groupId><referencingVpcId>vpc-9</referencingVpcId>\
        <vpcPeeringConnectionId>pcx-1</vpcPeeringConnectionId></item>";
    let entry = "<item><cidr>198.51.100.0/24</cidr></item>";
    around(Replay::new())
        .account(ACCOUNT)
        .on("DescribeSecurityGroups", groups(&listed, None))
        .on(
            "DescribeSecurityGroupRules",
            rules(&by_rules.concat(), None),
        )
        .on(
            "DescribeNetworkInterfaces",
            response(
                "DescribeNetworkInterfaces",
                "networkInterfaceSet",
                interface,
                None,
            ),
        )
        .on(
            "DescribeVpcs",
            response("DescribeVpcs", "vpcSet", vpc, None),
        )
        .on(
            "DescribeManagedPrefixLists",
            response("DescribeManagedPrefixLists", "prefixListSet", list, None),
        )
        .on("GetManagedPrefixListEntries", entries(entry, None))
        .on("DescribeSecurityGroupReferences", references(reference))
}

/// A collector for the region.
pub(crate) async fn collector(replay: &Replay, page_size: usize) -> SecurityGroupCollector {
    let session = Session::caller(replay.config("eu-west-1")).await.unwrap();
    SecurityGroupCollector::new(&session, &"eu-west-1".parse().unwrap(), page_size)
}

/// The first page of the region.
pub(crate) async fn first_page(replay: &Replay) -> Page {
    collector(replay, 500).await.collect(None).await.unwrap()
}

/// The observed groups of a page.
pub(crate) fn observed(page: &Page) -> Vec<&SecurityGroupObservation> {
    let groups = page
        .observations
        .iter()
        .map(|observation| match observation {
            Observation::SecurityGroup(group) => &**group,
            other => panic!("{other:?} is no security group"),
        });
    groups.collect()
}

/// The fields of a group that could not be read, each with operation and code.
pub(crate) fn unread(group: &SecurityGroupObservation) -> Vec<String> {
    let unknown = group.unknown.iter();
    unknown
        .map(|(field, r)| format!("{field}: {} {}", r.operation, r.code))
        .collect()
}
