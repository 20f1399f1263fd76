//! Resources as large as AWS lets them grow are still judged.

use compliance::{Observation, Status};
use controls::{Catalog, Parameters};
use serde_json::{Value, json};

/// Rules for a group, twice 1,000: as many as the quota allows inbound and outbound (VPC User Guide, "Amazon VPC quotas").
#[test]
fn a_security_group_with_all_the_rules_that_it_may_have_is_judged() {
    let rule = |index: usize| {
        json!({
            "rule_id": format!("sgr-{index:017x}"),
            "direction": if index.is_multiple_of(2) { "ingress" } else { "egress" },
            "protocol": "tcp", "from_port": index * 20, "to_port": index * 20 + 5,
            "cidr": if index.is_multiple_of(3) { "0.0.0.0/0".to_owned() } else { format!("52.{}.{}.0/24", index / 250, index % 250) },
            "prefix_list": null, "group": null, "described": true,
        })
    };
    let interface = |index: usize| {
        json!({
            "id": format!("eni-{index:017x}"), "interface_type": "interface", "status": "in-use",
            "public_ipv4": index.is_multiple_of(2), "ipv6": false, "subnet_id": "subnet-1", "vpc_id": "vpc-1",
            "instance_id": null, "requester_managed": false,
        })
    };
    let entry = |index: usize| {
        json!({
            "rule_number": index, "allow": index.is_multiple_of(2), "protocol": "6",
            "from_port": index * 1_000, "to_port": index * 1_000 + 900, "cidr": "0.0.0.0/0",
        })
    };
    let group = json!({
        "arn": "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1", "account": "111122223333",
        "region": "eu-west-1", "group_id": "sg-1", "group_name": "web", "description": "web servers", "vpc_id": "vpc-1",
        "rules": (0..2_000).map(rule).collect::<Value>(), "prefix_lists": {},
        "network_interfaces": (0..1_000).map(interface).collect::<Value>(),
        "vpc_network_interfaces": 1_000, "referenced_by": [], "peering_references": [], "vpc": null,
        "tags": {}, "vpc_groups": 1, "overlapping_rules": [], "stale_rules": [], "vpc_associations": [],
        "launch_templates": [], "elastic_ips": [], "instances": {},
        "subnets": { "subnet-1": { "vpc_id": "vpc-1", "owner": "111122223333" } },
        "route_tables": [{ "id": "rtb-1", "vpc_id": "vpc-1", "main": true, "subnets": [], "routes": [] }],
        "network_acls": [{ "id": "acl-1", "subnets": ["subnet-1"], "ingress": (0..40).map(entry).collect::<Value>() }],
        "vpc_block_public_access": { "mode": "off", "exclusions": {} },
    });
    let group = Observation::SecurityGroup(serde_json::from_value(group).unwrap());
    for verdict in Catalog::embedded()
        .unwrap()
        .judge(&group, &Parameters::default())
    {
        assert_ne!(verdict.status, Status::NotAvailable, "{verdict:?}");
    }
}
