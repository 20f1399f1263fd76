package controls.sg.all_traffic_closed_to_world_test

test_pass_some_ports if {
	judged(reached([opening("ipv4", "tcp", 0, 1024), opening("ipv4", "tcp", 1026, 65535)], [])).status == "PASSED"
}

test_pass_halves_of_different_protocols_and_families if {
	judged(reached([opening("ipv4", "tcp", 0, 1024), opening("ipv4", "udp", 1025, 65535)], [])).status == "PASSED"
	judged(reached([opening("ipv4", "tcp", 0, 1024), opening("ipv6", "tcp", 1025, 65535)], [])).status == "PASSED"
}

test_pass_protocols_without_ports if {
	judged(reached([opening("ipv4", "icmp", null, null)], [])).status == "PASSED"
}

test_fail_all_protocols if {
	judged(reached([opening("ipv6", "all", 0, 65535)], [])) == {
		"status": "FAILED",
		"severity": "CRITICAL",
		"reason": "open to the whole internet: all traffic from all of IPv6 (sgr-1)",
	}
}

test_fail_every_port_of_one_protocol if {
	every protocol in ["tcp", "udp"] {
		judged(reached([opening("ipv4", protocol, 1, 65535)], [])).status == "FAILED"
	}
}

test_fail_every_port_by_several_rules if {
	verdict := judged(reached([opening("ipv4", "tcp", 0, 1024), opening("ipv4", "tcp", 1025, 65535)], []))
	verdict.reason == "open to the whole internet: tcp 0-1024 from all of IPv4 (sgr-1), tcp 1025-65535 from all of IPv4 (sgr-1)"
}

test_absent_rules_open_nothing if {
	judged(reached([], [])).status == "PASSED"
}

test_unknown_prefix_list_may_open_everything if {
	verdict := judged(reached([], [doubt("all", 0, 65535)]))
	verdict == {"status": "NOT_AVAILABLE", "reason": "the entries of `pl-9` were not read (sgr-9)"}
}

test_unknown_prefix_list_may_open_the_rest if {
	judged(reached([opening("ipv4", "tcp", 0, 1024)], [doubt("tcp", 1025, 65535)])).status == "NOT_AVAILABLE"
}

test_unknown_prefix_list_of_one_port_does_not_matter if {
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
	verdict := data.controls.sg.all_traffic_closed_to_world.verdict with input as observed
}
