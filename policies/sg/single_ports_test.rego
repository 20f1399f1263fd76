package controls.sg.single_ports_test

test_pass_single_port if {
	judged({"rules": [rule({})]}).status == "PASSED"
}

test_pass_protocols_without_ports if {
	judged({"rules": [rule({"protocol": "icmp", "from_port": 3, "to_port": 4}), rule({"protocol": "-1", "from_port": null, "to_port": null})]}).status == "PASSED"
}

test_pass_outbound_does_not_count if {
	judged({"rules": [rule({"direction": "egress", "from_port": 0, "to_port": 1024})]}).status == "PASSED"
}

test_fail_range if {
	judged({"rules": [rule({"from_port": 443, "to_port": 444})]}) == {"status": "FAILED", "reason": "rules with a range of ports: sgr-1"}
}

test_fail_open_range_of_udp if {
	judged({"rules": [rule({"protocol": "udp", "from_port": null, "to_port": null})]}).status == "FAILED"
}

test_absent_rules_have_no_range if {
	judged({"rules": []}).status == "PASSED"
}

test_unknown_rules_are_not_passed if {
	judged({"group_id": "sg-1", "unknown": {"rules": {"operation": "DescribeSecurityGroupRules", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

rule(overrides) := object.union({
	"rule_id": "sgr-1",
	"direction": "ingress",
	"protocol": "tcp",
	"from_port": 443,
	"to_port": 443,
	"cidr": "10.1.0.0/16",
	"prefix_list": null,
	"group": null,
	"described": true,
}, overrides)

judged(observed) := verdict if {
	verdict := data.controls.sg.single_ports.verdict with input as object.union(observed, analysed)
}

analysed := {"analysis": {"reach": {"ingress": {"world": []}}}}
