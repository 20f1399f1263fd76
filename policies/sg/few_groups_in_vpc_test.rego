package controls.sg.few_groups_in_vpc_test

test_pass_as_many_as_allowed if {
	judged({"group_name": "default", "vpc_groups": 40}) == {"status": "PASSED", "reason": "40 groups in the VPC"}
}

test_pass_another_group_does_not_count if {
	judged({"group_name": "web", "vpc_groups": 400}).status == "NOT_APPLICABLE"
}

test_fail_one_more if {
	judged({"group_name": "default", "vpc_groups": 41}).status == "FAILED"
}

test_absent_count_is_not_available if {
	judged({"group_name": "default"}).status == "NOT_AVAILABLE"
}

test_unknown_count_is_not_available if {
	judged({"group_name": "default", "unknown": {"vpc_groups": {"operation": "DescribeSecurityGroups", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.sg.few_groups_in_vpc.verdict with input as observed
}
