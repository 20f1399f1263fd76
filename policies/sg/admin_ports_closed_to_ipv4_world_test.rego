package controls.sg.admin_ports_closed_to_ipv4_world_test

test_pass_all_of_ipv6_is_the_other_control if {
	judged(reached([opening("ipv6", "tcp", 22, 22)], [])).status == "PASSED"
}

test_pass_another_port if {
	judged(reached([opening("ipv4", "tcp", 443, 443)], [])).status == "PASSED"
}

test_fail_each_port_over_tcp_and_udp if {
	every protocol in ["tcp", "udp"] {
		every port in [22, 3389] {
			judged(reached([opening("ipv4", protocol, port, port)], [])).status == "FAILED"
		}
	}
}

test_fail_all_protocols if {
	judged(reached([opening("ipv4", "all", 0, 65535)], [])).status == "FAILED"
}

test_fail_range_with_the_port_inside if {
	judged(reached([opening("ipv4", "tcp", 3000, 4000)], [])).status == "FAILED"
}

test_absent_rules_open_nothing if {
	judged(reached([], [])).status == "PASSED"
}

test_unknown_rules_are_not_passed if {
	judged({"group_name": "web", "unknown": {"rules": {"operation": "DescribeSecurityGroupRules", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_unknown_prefix_list_is_in_doubt if {
	judged(reached([], [doubt("all", 0, 65535)])).status == "NOT_AVAILABLE"
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
	verdict := data.controls.sg.admin_ports_closed_to_ipv4_world.verdict with input as observed
}
