package controls.sg.no_overlapping_rules_test

test_pass_nothing_repeated if {
	judged({"overlapping_rules": []}).status == "PASSED"
}

test_fail_a_repeated_rule if {
	verdict := judged({"overlapping_rules": [{"rule_id": "sgr-1", "group_id": "sg-2", "interface_id": "eni-1"}]})
	verdict == {"status": "FAILED", "reason": "repeated: sgr-1 by sg-2 on eni-1"}
}

test_fail_a_repeated_rule_without_id if {
	judged({"overlapping_rules": [{"rule_id": null, "group_id": "sg-2", "interface_id": "eni-1"}]}).status == "FAILED"
}

test_absent_comparison_is_not_available if {
	judged({}).status == "NOT_AVAILABLE"
}

test_unknown_rules_are_not_passed if {
	judged({"unknown": {"overlapping_rules": {"operation": "DescribeSecurityGroupRules", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.sg.no_overlapping_rules.verdict with input as object.union({"group_id": "sg-1"}, observed)
}
