package controls.sg.outbound_traffic_restricted_test

test_pass_one_port if {
	judged(group([opening("tcp", 443, 443)], [])).status == "PASSED"
}

test_fail_all_traffic if {
	verdict := judged(group([opening("all", 0, 65535)], []))
	verdict == {"status": "FAILED", "reason": "outbound: all traffic to all of IPv4 (sgr-1)"}
}

test_absent_rules_let_nothing_out if {
	judged(group([], [])).status == "PASSED"
}

test_unknown_prefix_list_is_in_doubt if {
	judged(group([], [doubt("all")])).status == "NOT_AVAILABLE"
}

test_unknown_prefix_list_of_one_protocol_does_not_matter if {
	judged(group([], [doubt("tcp")])).status == "PASSED"
}

test_unknown_rules_are_not_passed if {
	judged({"group_id": "sg-1", "unknown": {"rules": {"operation": "DescribeSecurityGroupRules", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

group(openings, unresolved) := {"rules": [], "prefix_lists": {}, "analysis": {"reach": {
	"ingress": {"world": [], "unresolved": []},
	"egress": {"world": openings, "unresolved": unresolved},
}}}

opening(protocol, from_port, to_port) := {
	"family": "ipv4",
	"protocol": protocol,
	"from_port": from_port,
	"to_port": to_port,
	"split": false,
	"rules": ["sgr-1"],
	"rule_count": 1,
	"via_prefix_list": [],
}

doubt(protocol) := {"rule": "sgr-9", "protocol": protocol, "from_port": 0, "to_port": 65535, "cause": "the entries of `pl-9` were not read"}

judged(observed) := verdict if {
	verdict := data.controls.sg.outbound_traffic_restricted.verdict with input as observed
}
