package controls.kms.rotation_period_test

test_pass_within_a_year if {
	judged({"key_manager": "CUSTOMER", "key_rotation_enabled": true, "rotation_period_days": 365}).status == "PASSED"
}

test_fail_longer_than_required if {
	judged({"key_manager": "CUSTOMER", "key_rotation_enabled": true, "rotation_period_days": 2560}).status == "FAILED"
}

test_pass_keys_of_aws_do_not_count if {
	judged({"key_manager": "AWS", "key_rotation_enabled": true, "rotation_period_days": 2560}).status == "NOT_APPLICABLE"
}

test_absent_rotation_is_for_another_control if {
	judged({"key_manager": "CUSTOMER", "key_rotation_enabled": false, "rotation_period_days": null}).status == "NOT_APPLICABLE"
}

test_unknown_period_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "key_rotation_enabled": true, "rotation_period_days": null}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.rotation_period.verdict with input as observed
}
