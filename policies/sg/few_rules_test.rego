package controls.sg.few_rules_test

test_pass_as_many_as_are_allowed if {
	judged(group(50, 50)) == {"status": "PASSED", "reason": "50 inbound and 50 outbound rules"}
}

test_fail_one_more_inbound if {
	judged(group(51, 0)) == {"status": "FAILED", "reason": "51 inbound and 0 outbound rules; 50 are few"}
}

test_fail_one_more_outbound if {
	judged(group(0, 51)).status == "FAILED"
}

test_absent_analysis_is_not_passed if {
	verdict := data.controls.sg.few_rules.verdict with input as group(1, 1)
	verdict.status == "NOT_AVAILABLE"
}

test_fail_above_what_the_operator_allows if {
	verdict := data.controls.sg.few_rules.verdict with input as group(3, 1) with data.parameters as {"max_rules_per_group": 2}
	verdict.reason == "3 inbound and 1 outbound rules; 2 are few"
}

test_absent_rules_are_few if {
	judged(group(0, 0)).status == "PASSED"
}

test_unknown_rules_are_not_passed if {
	judged({"group_id": "sg-1", "unknown": {"rules": {"operation": "DescribeSecurityGroupRules", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

group(inbound, outbound) := {"rules": array.concat(
	[{"direction": "ingress"} | some _ in numbers.range(1, inbound); inbound > 0],
	[{"direction": "egress"} | some _ in numbers.range(1, outbound); outbound > 0],
)}

judged(observed) := verdict if {
	verdict := data.controls.sg.few_rules.verdict with input as object.union(observed, analysed)
}

analysed := {"analysis": {"reach": {"ingress": {"world": []}}}}
