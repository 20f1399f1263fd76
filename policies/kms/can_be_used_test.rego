package controls.kms.can_be_used_test

test_pass_enabled if {
	judged({"key_manager": "CUSTOMER", "key_state": "Enabled"}).status == "PASSED"
}

test_pass_keys_of_aws_do_not_count if {
	judged({"key_manager": "AWS", "key_state": "Disabled"}).status == "NOT_APPLICABLE"
}

test_fail_disabled if {
	judged({"key_manager": "CUSTOMER", "key_state": "Disabled"}).status == "FAILED"
}

test_fail_without_material if {
	judged({"key_manager": "CUSTOMER", "key_state": "PendingImport"}).status == "FAILED"
}

test_absent_soon if {
	judged({"key_manager": "CUSTOMER", "key_state": "PendingDeletion"}).status == "NOT_APPLICABLE"
}

test_unknown_state_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "key_state": "Dreaming"}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.can_be_used.verdict with input as observed
}
