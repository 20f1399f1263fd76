package controls.kms.key_store_connected_test

test_pass_connected if {
	judged({"key_manager": "CUSTOMER", "origin": "AWS_CLOUDHSM", "key_state": "Enabled"}).status == "PASSED"
}

test_pass_other_origins_do_not_count if {
	judged({"key_manager": "CUSTOMER", "origin": "AWS_KMS", "key_state": "Unavailable"}).status == "NOT_APPLICABLE"
}

test_fail_disconnected if {
	judged({"key_manager": "CUSTOMER", "origin": "EXTERNAL_KEY_STORE", "key_state": "Unavailable"}).status == "FAILED"
}

test_absent_origin_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "origin": null, "key_state": "Enabled"}).status == "NOT_AVAILABLE"
}

test_unknown_state_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "origin": "AWS_CLOUDHSM"}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.key_store_connected.verdict with input as observed
}
