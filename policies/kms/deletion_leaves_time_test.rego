package controls.kms.deletion_leaves_time_test

test_pass_far_away if {
	judged({"key_manager": "CUSTOMER", "key_state": "PendingDeletion", "deletion_date": "2026-12-25T00:00:00Z", "observed_at": "2026-11-20T00:00:00Z"}).status == "PASSED"
}

test_fail_soon if {
	judged({"key_manager": "CUSTOMER", "key_state": "PendingDeletion", "deletion_date": "2026-12-01T00:00:00Z", "observed_at": "2026-11-20T00:00:00Z"}).status == "FAILED"
}

test_absent_deletion_is_none if {
	judged({"key_manager": "CUSTOMER", "key_state": "Enabled", "deletion_date": null, "observed_at": "2026-11-20T00:00:00Z"}).status == "NOT_APPLICABLE"
}

test_unknown_date_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "key_state": "PendingDeletion", "deletion_date": null, "observed_at": "2026-11-20T00:00:00Z"}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.deletion_leaves_time.verdict with input as observed
}
