package controls.sg.icmp_closed_to_world_test

test_pass_ports_do_not_count if {
	judged(reached([opening("ipv4", "tcp", 0, 65535), opening("ipv4", "udp", 0, 65535)], [])).status == "PASSED"
}

test_fail_icmp_of_each_family if {
	judged(reached([opening("ipv4", "icmp", null, null)], [])).reason == "open to the whole internet: icmp from all of IPv4 (sgr-1)"
	judged(reached([opening("ipv6", "icmpv6", null, null)], [])).status == "FAILED"
}

test_fail_all_protocols if {
	judged(reached([opening("ipv4", "all", 0, 65535)], [])).status == "FAILED"
}

test_absent_rules_open_nothing if {
	judged(reached([], [])).status == "PASSED"
}

test_unknown_prefix_list_is_in_doubt if {
	judged(reached([], [doubt("icmp", null, null)])).status == "NOT_AVAILABLE"
}

test_unknown_prefix_list_of_another_protocol_does_not_matter if {
	judged(reached([], [doubt("tcp", 443, 443)])).status == "PASSED"
}

test_unknown_rules_are_not_passed if {
	judged({"group_id": "sg-1", "unknown": {"rules": {"operation": "DescribeSecurityGroupRules", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

reached(openings, unresolved) := {
	"rules": [],
	"prefix_lists": {},
	"analysis": {"reach": {
		"ingress": {"world": openings, "unresolved": unresolved},
		"egress": {"world": [], "unresolved": []},
	}},
}

opening(family, protocol, from_port, to_port) := {
	"family": family,
	"protocol": protocol,
	"from_port": from_port,
	"to_port": to_port,
	"split": false,
	"rules": ["sgr-1"],
	"rule_count": 1,
	"via_prefix_list": [],
}

doubt(protocol, from_port, to_port) := {
	"rule": "sgr-9",
	"protocol": protocol,
	"from_port": from_port,
	"to_port": to_port,
	"prefix_list": "pl-9",
	"cause": "the entries of `pl-9` were not read",
}

judged(observed) := verdict if {
	verdict := data.controls.sg.icmp_closed_to_world.verdict with input as observed
}
