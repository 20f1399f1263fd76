package controls.kms.not_disabled_test

test_pass_enabled if {
	judged({"key_manager": "CUSTOMER", "key_state": "Enabled"}).status == "PASSED"
}

test_fail_disabled if {
	judged({"key_manager": "CUSTOMER", "key_state": "Disabled"}).status == "FAILED"
}

test_pass_keys_of_aws_do_not_count if {
	judged({"key_manager": "AWS", "key_state": "Disabled"}).status == "NOT_APPLICABLE"
}

test_absent_state_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "key_state": null}).status == "NOT_AVAILABLE"
}

test_unknown_state_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "unknown": {"key_state": {"operation": "DescribeKey", "code": "AccessDeniedException"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.not_disabled.verdict with input as observed
}
