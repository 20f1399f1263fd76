package controls.kms.single_region_test

test_pass_one_region if {
	judged({"key_manager": "CUSTOMER", "multi_region": false}).status == "PASSED"
}

test_fail_multi_region if {
	judged({"key_manager": "CUSTOMER", "multi_region": true}).status == "FAILED"
}

test_pass_keys_of_aws_do_not_count if {
	judged({"key_manager": "AWS", "multi_region": true}).status == "NOT_APPLICABLE"
}

test_absent_answer_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "multi_region": null}).status == "NOT_AVAILABLE"
}

test_unknown_answer_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "unknown": {"multi_region": {"operation": "DescribeKey", "code": "AccessDeniedException"}}}).status == "NOT_AVAILABLE"
}

test_pass_where_they_are_allowed if {
	verdict := data.controls.kms.single_region.verdict with input as {"key_manager": "CUSTOMER", "multi_region": true}
		with data.parameters.multi_region_keys as true
	verdict.status == "NOT_APPLICABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.single_region.verdict with input as observed
}
