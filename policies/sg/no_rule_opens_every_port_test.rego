package controls.sg.no_rule_opens_every_port_test

test_pass_single_port_and_range if {
	judged({"rules": [rule({}), rule({"from_port": 1024, "to_port": 65535})]}).status == "PASSED"
}

test_pass_outbound_does_not_count if {
	judged({"rules": [rule({"direction": "egress", "protocol": "-1"})]}).status == "PASSED"
}

test_fail_all_protocols if {
	judged({"rules": [rule({"protocol": "-1", "from_port": null, "to_port": null})]}) == {"status": "FAILED", "reason": "rules that open every port: sgr-1"}
}

test_fail_every_way_to_write_every_port if {
	every ports in [[0, 65535], [1, 65535], [-1, -1], [null, null]] {
		judged({"rules": [rule({"protocol": "udp", "from_port": ports[0], "to_port": ports[1]})]}).status == "FAILED"
	}
}

test_fail_protocol_by_number if {
	judged({"rules": [rule({"protocol": "6", "from_port": 0, "to_port": 65535})]}).status == "FAILED"
}

test_fail_another_group_as_source if {
	judged({"rules": [rule({"protocol": "-1", "cidr": null, "group": {"group_id": "sg-2"}})]}).status == "FAILED"
}

test_absent_rules_open_nothing if {
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
	verdict := data.controls.sg.no_rule_opens_every_port.verdict with input as object.union(observed, analysed)
}

analysed := {"analysis": {"reach": {"ingress": {"world": []}}}}
