//! Ways to an interface, condition by condition.

use compliance::observation::SecurityGroupObservation;
use serde_json::{Value, json};

use super::{Exposure, Held, analyse};

/// A group with SSH open to the world by both families, on one interface with every condition fulfilled.
fn reached() -> Value {
    let rule = |cidr: &str| {
        json!({"rule_id": "sgr-1", "direction": "ingress", "protocol": "tcp", "from_port": 22, "to_port": 22,
            "cidr": cidr, "prefix_list": null, "group": null, "described": true})
    };
    let entry = |number: i32, allow: bool, cidr: &str| json!({"rule_number": number, "allow": allow, "protocol": "-1", "from_port": null, "to_port": null, "cidr": cidr});
    json!({
        "arn": "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1", "account": "111122223333",
        "region": "eu-west-1", "group_id": "sg-1", "group_name": "web", "vpc_id": "vpc-1",
        "rules": [rule("0.0.0.0/0")], "prefix_lists": {},
        "network_interfaces": [{"id": "eni-1", "interface_type": "interface", "status": "in-use",
            "public_ipv4": true, "ipv6": false, "subnet_id": "subnet-1", "vpc_id": "vpc-1",
            "instance_id": null, "requester_managed": false}],
        "instances": {},
        "subnets": {"subnet-1": {"vpc_id": "vpc-1", "owner": "111122223333"}},
        "route_tables": [{"id": "rtb-1", "vpc_id": "vpc-1", "main": true, "subnets": [],
            "routes": [{"destination": "0.0.0.0/0", "target": "igw-1", "active": true}]}],
        "network_acls": [{"id": "acl-1", "subnets": ["subnet-1"],
            "ingress": [entry(100, true, "0.0.0.0/0"), entry(32767, false, "0.0.0.0/0")]}],
        "vpc_block_public_access": {"mode": "off", "exclusions": {}},
    })
}

/// How far the internet gets once a part of the group is another.
fn with(pointer: &str, value: Value) -> Exposure {
    let mut group = reached();
    *group.pointer_mut(pointer).unwrap() = value;
    exposure(group)
}

fn exposure(group: Value) -> Exposure {
    let group: SecurityGroupObservation = serde_json::from_value(group).unwrap();
    let reach = analyse(&group).unwrap();
    let opening = reach.ingress.world.first().unwrap();
    assert_eq!(opening.exposure, Some(reach.reachability.exposure));
    reach.reachability.exposure
}

#[test]
fn all_conditions_together_make_a_way() {
    assert_eq!(exposure(reached()), Exposure::Reachable);
}

#[test]
fn what_was_not_read_is_never_a_closed_way() {
    for field in [
        "network_interfaces",
        "subnets",
        "route_tables",
        "network_acls",
        "vpc_block_public_access",
    ] {
        let mut group = reached();
        group.as_object_mut().unwrap().remove(field);
        assert_eq!(exposure(group), Exposure::Unknown, "{field}");
    }
}

#[test]
fn one_condition_that_fails_closes_the_way_whatever_else_is_unknown() {
    let mut group = reached();
    group["network_interfaces"][0]["public_ipv4"] = json!(false);
    group.as_object_mut().unwrap().remove("route_tables");
    assert_eq!(exposure(group), Exposure::Unreachable);
}

#[test]
fn a_group_on_nothing_is_unattached() {
    assert_eq!(with("/network_interfaces", json!([])), Exposure::Unattached);
}

#[test]
fn a_load_balancer_is_there_to_be_reached() {
    let kind = json!("load_balancer");
    assert_eq!(
        with("/network_interfaces/0/interface_type", kind),
        Exposure::Expected
    );
}

#[test]
fn only_an_internet_gateway_leads_in() {
    let cases = [
        ("nat-1", "0.0.0.0/0", true, Exposure::Unreachable),
        ("igw-1", "0.0.0.0/0", false, Exposure::Unreachable),
        ("igw-1", "::/0", true, Exposure::Unreachable),
        ("igw-1", "198.51.100.0/24", true, Exposure::Unknown),
        ("vpce-1", "0.0.0.0/0", true, Exposure::Unknown),
        ("tgw-1", "0.0.0.0/0", true, Exposure::Unreachable),
    ];
    for (target, destination, active, expected) in cases {
        let routes = json!([{"destination": destination, "target": target, "active": active}]);
        assert_eq!(
            with("/route_tables/0/routes", routes),
            expected,
            "{target} {destination}"
        );
    }
}

#[test]
fn the_table_that_the_subnet_names_goes_before_the_main_one() {
    let mut group = reached();
    let own = json!({"id": "rtb-2", "vpc_id": "vpc-1", "main": false, "subnets": ["subnet-1"], "routes": []});
    group["route_tables"].as_array_mut().unwrap().push(own);
    assert_eq!(exposure(group), Exposure::Unreachable);
}

#[test]
fn the_main_table_of_another_owners_subnet_is_not_known() {
    assert_eq!(
        with("/subnets/subnet-1/owner", json!("444455556666")),
        Exposure::Unknown
    );
}

#[test]
fn egress_only_gateways_let_nothing_in_and_internet_gateways_do_for_ipv6() {
    for (target, expected) in [
        ("eigw-1", Exposure::Unreachable),
        ("igw-1", Exposure::Reachable),
    ] {
        let mut group = reached();
        group["rules"][0]["cidr"] = json!("::/0");
        group["network_interfaces"][0]["ipv6"] = json!(true);
        group["route_tables"][0]["routes"][0] =
            json!({"destination": "::/0", "target": target, "active": true});
        group["network_acls"][0]["ingress"][0]["cidr"] = json!("::/0");
        assert_eq!(exposure(group), expected, "{target}");
    }
}

#[test]
fn the_lowest_number_of_a_network_acl_decides_for_each_port() {
    let entry = |number: i32, allow: bool, ports: (i32, i32), cidr: &str| json!({"rule_number": number, "allow": allow, "protocol": "6", "from_port": ports.0, "to_port": ports.1, "cidr": cidr});
    let world = "0.0.0.0/0";
    let cases = [
        (
            vec![
                entry(1, false, (22, 22), world),
                entry(2, true, (0, 65535), world),
            ],
            Exposure::Unreachable,
        ),
        (
            vec![
                entry(2, false, (22, 22), world),
                entry(1, true, (0, 65535), world),
            ],
            Exposure::Reachable,
        ),
        (
            vec![entry(1, true, (443, 443), world)],
            Exposure::Unreachable,
        ),
        (
            vec![
                entry(1, false, (22, 22), "198.51.100.0/24"),
                entry(2, true, (22, 22), world),
            ],
            Exposure::Reachable,
        ),
        (
            vec![entry(1, true, (22, 22), "10.0.0.0/8")],
            Exposure::Unreachable,
        ),
        (
            vec![entry(1, true, (22, 22), "8.8.8.0/24")],
            Exposure::Unknown,
        ),
        (
            vec![
                entry(1, true, (22, 22), "0.0.0.0/1"),
                entry(2, true, (22, 22), "128.0.0.0/1"),
            ],
            Exposure::Reachable,
        ),
        (
            vec![entry(1, true, (22, 22), "nonsense")],
            Exposure::Unknown,
        ),
        (vec![], Exposure::Unreachable),
    ];
    for (entries, expected) in cases {
        let said = format!("{entries:?}");
        assert_eq!(
            with("/network_acls/0/ingress", json!(entries)),
            expected,
            "{said}"
        );
    }
}

#[test]
fn a_port_that_the_acl_closes_is_unreachable_beside_one_that_it_opens() {
    let mut group = reached();
    let mut https = group["rules"][0].clone();
    (https["from_port"], https["to_port"]) = (json!(443), json!(443));
    group["rules"].as_array_mut().unwrap().push(https);
    group["network_acls"][0]["ingress"][0] = json!({"rule_number": 1, "allow": true, "protocol": "6",
        "from_port": 443, "to_port": 443, "cidr": "0.0.0.0/0"});
    let group: SecurityGroupObservation = serde_json::from_value(group).unwrap();
    let reach = analyse(&group).unwrap();
    let each: Vec<_> = reach
        .ingress
        .world
        .iter()
        .map(|it| (it.from_port, it.exposure))
        .collect();
    assert_eq!(
        each,
        [
            (Some(22), Some(Exposure::Unreachable)),
            (Some(443), Some(Exposure::Reachable))
        ]
    );
    assert_eq!(reach.reachability.reachable, Held::Yes);
}

#[test]
fn block_public_access_stands_against_it_unless_the_subnet_or_vpc_is_excluded() {
    let cases = [
        (json!("block-ingress"), json!({}), Exposure::Unreachable),
        (
            json!("block-bidirectional"),
            json!({"vpc-1": "allow-egress"}),
            Exposure::Unreachable,
        ),
        (
            json!("block-bidirectional"),
            json!({"vpc-1": "allow-bidirectional"}),
            Exposure::Reachable,
        ),
        (
            json!("block-ingress"),
            json!({"subnet-1": "allow-bidirectional"}),
            Exposure::Reachable,
        ),
        (
            json!("block-ingress"),
            json!({"subnet-1": null}),
            Exposure::Unknown,
        ),
        (json!(null), json!({}), Exposure::Unknown),
    ];
    for (mode, exclusions, expected) in cases {
        let block = json!({"mode": mode, "exclusions": exclusions});
        assert_eq!(
            with("/vpc_block_public_access", block.clone()),
            expected,
            "{block}"
        );
    }
}
