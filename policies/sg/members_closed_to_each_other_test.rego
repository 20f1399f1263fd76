package controls.sg.members_closed_to_each_other_test

test_pass_one_port_among_members if {
	judged({"group_id": "sg-1", "rules": [rule({"cidr": null, "group": {"group_id": "sg-1"}})]}).status == "PASSED"
}

test_pass_everything_from_another_group if {
	judged({"group_id": "sg-1", "rules": [rule({"protocol": "-1", "cidr": null, "group": {"group_id": "sg-2"}})]}).status == "PASSED"
}

test_pass_outbound_does_not_count if {
	judged({"group_id": "sg-1", "rules": [rule({"direction": "egress", "protocol": "-1", "cidr": null, "group": {"group_id": "sg-1"}})]}).status == "PASSED"
}

test_fail_everything_among_members if {
	verdict := judged({"group_id": "sg-1", "rules": [rule({"protocol": "-1", "cidr": null, "group": {"group_id": "sg-1"}})]})
	verdict == {"status": "FAILED", "reason": "rules that open every port to the group itself: sgr-1"}
}

test_fail_all_of_tcp_among_members if {
	judged({"group_id": "sg-1", "rules": [rule({"from_port": 0, "to_port": 65535, "cidr": null, "group": {"group_id": "sg-1"}})]}).status == "FAILED"
}

test_absent_rules_open_nothing if {
	judged({"group_id": "sg-1", "rules": []}).status == "PASSED"
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
	verdict := data.controls.sg.members_closed_to_each_other.verdict with input as object.union(observed, analysed)
}

analysed := {"analysis": {"reach": {"ingress": {"world": []}}}}
