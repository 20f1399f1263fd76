package controls.sg.rdp_closed_to_world_test

test_pass_another_port if {
	judged(reached([opening("ipv4", "tcp", 443, 443)], [])).status == "PASSED"
}

test_pass_protocols_without_ports if {
	judged(reached([opening("ipv4", "47", null, null), opening("ipv4", "icmp", null, null)], [])).status == "PASSED"
}

test_fail_tcp_port if {
	verdict := judged(reached([opening("ipv4", "tcp", 3389, 3389)], []))
	verdict == {"status": "FAILED", "severity": "HIGH", "reason": "open to the whole internet: tcp 3389 from all of IPv4 (sgr-1); whether an interface is reached is unknown"}
}

test_fail_udp_port if {
	verdict := judged(reached([opening("ipv4", "udp", 3389, 3389)], []))
	verdict == {"status": "FAILED", "severity": "HIGH", "reason": "open to the whole internet: udp 3389 from all of IPv4 (sgr-1); whether an interface is reached is unknown"}
}

test_fail_range_of_ipv6 if {
	verdict := judged(reached([opening("ipv6", "tcp", 0, 65535)], []))
	verdict.reason == "open to the whole internet: tcp 0-65535 from all of IPv6 (sgr-1); whether an interface is reached is unknown"
}

test_fail_all_protocols if {
	judged(reached([opening("ipv4", "all", 0, 65535)], [])).status == "FAILED"
}

test_fail_split_ranges_and_prefix_list if {
	piece := object.union(opening("ipv4", "tcp", 3389, 3389), {
		"split": true,
		"rules": ["sgr-1", "sgr-2"],
		"rule_count": 2,
		"via_prefix_list": ["pl-1"],
	})
	verdict := judged(reached([piece], []))
	verdict.status == "FAILED"
	contains(verdict.reason, "tcp 3389 from all of IPv4 in narrower ranges through pl-1 (sgr-1, sgr-2)")
}

test_absent_rules_open_nothing if {
	judged(reached([], [])).status == "PASSED"
}

test_unknown_rules_are_not_passed if {
	judged({"group_name": "web", "unknown": {"rules": {"operation": "DescribeSecurityGroupRules", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_unknown_prefix_list_is_in_doubt if {
	verdict := judged(reached([], [doubt("tcp", 0, 8192)]))
	verdict == {"status": "NOT_AVAILABLE", "reason": "the entries of `pl-9` were not read (sgr-9)"}
}

test_unknown_prefix_list_of_another_port_does_not_matter if {
	judged(reached([], [doubt("tcp", 443, 443)])).status == "PASSED"
}

test_fail_beats_doubt if {
	judged(reached([opening("ipv4", "tcp", 3389, 3389)], [doubt("tcp", 3389, 3389)])).status == "FAILED"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

reached(openings, unresolved) := {
	"group_name": "web",
	"rules": [],
	"prefix_lists": {},
	"analysis": {"reach": {
		"ingress": {"world": openings, "wide": [], "prefix_lists": [], "unresolved": unresolved},
		"egress": {"world": [], "wide": [], "prefix_lists": [], "unresolved": []},
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
	verdict := data.controls.sg.rdp_closed_to_world.verdict with input as observed
}
