package controls.sg.rules_described_test

test_pass_all_described if {
	judged({"rules": [rule({})]}).status == "PASSED"
}

test_fail_names_the_rules_without if {
	verdict := judged({"rules": [rule({}), rule({"rule_id": "sgr-2", "described": false}), rule({"rule_id": "sgr-3", "direction": "egress", "described": false})]})
	verdict == {"status": "FAILED", "reason": "without a description: sgr-2, sgr-3"}
}

test_fail_rule_without_id if {
	judged({"rules": [rule({"rule_id": null, "described": false})]}).reason == "without a description: a rule without id"
}

test_absent_rules_lack_nothing if {
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
	verdict := data.controls.sg.rules_described.verdict with input as object.union(observed, analysed)
}

analysed := {"analysis": {"reach": {"ingress": {"world": []}}}}
