package controls.sg.only_authorised_ports_open_to_world_test

test_pass_web_ports if {
	judged(reached([opening("ipv4", "tcp", 80, 80), opening("ipv6", "tcp", 443, 443)], [])).status == "PASSED"
}

test_pass_icmp_has_no_ports if {
	judged(reached([opening("ipv4", "icmp", null, null)], [])).status == "PASSED"
}

test_pass_ports_of_the_parameters if {
	verdict := data.controls.sg.only_authorised_ports_open_to_world.verdict with input as reached(
		[opening("ipv4", "tcp", 8443, 8444), opening("ipv4", "udp", 443, 443)],
		[],
	) with data.parameters as {"allowed_tcp_ports": [8443, 8444], "allowed_udp_ports": [443]}
	verdict.status == "PASSED"
}

test_pass_defaults_without_parameters if {
	verdict := data.controls.sg.only_authorised_ports_open_to_world.verdict with input as reached(
		[opening("ipv4", "tcp", 443, 443)],
		[],
	) with data.parameters as {}
	verdict.status == "PASSED"
}

test_fail_another_port if {
	verdict := judged(reached([opening("ipv4", "tcp", 81, 81)], []))
	verdict.reason == "open to the whole internet: tcp 81 from all of IPv4 (sgr-1); whether an interface is reached is unknown"
}

test_fail_range_between_authorised_ports if {
	judged(reached([opening("ipv4", "tcp", 80, 443)], [])).status == "FAILED"
}

test_fail_udp_is_not_tcp if {
	judged(reached([opening("ipv4", "udp", 443, 443)], [])).status == "FAILED"
}

test_fail_all_protocols if {
	judged(reached([opening("ipv6", "all", 0, 65535)], [])).status == "FAILED"
}

test_absent_rules_open_nothing if {
	judged(reached([], [])).status == "PASSED"
}

test_unknown_rules_are_not_passed if {
	judged({"group_name": "web", "unknown": {"rules": {"operation": "DescribeSecurityGroupRules", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_unknown_prefix_list_is_in_doubt if {
	judged(reached([], [doubt("tcp", 22, 22)])).status == "NOT_AVAILABLE"
}

test_unknown_prefix_list_of_an_authorised_port_does_not_matter if {
	judged(reached([], [doubt("tcp", 443, 443)])).status == "PASSED"
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
	verdict := data.controls.sg.only_authorised_ports_open_to_world.verdict with input as observed
}
