package controls.kms.imported_material_lasts_test

test_pass_far_away if {
	judged({"key_manager": "CUSTOMER", "origin": "EXTERNAL", "key_state": "Enabled", "valid_to": "2027-11-20T00:00:00Z", "observed_at": "2026-11-20T00:00:00Z"}).status == "PASSED"
}

test_pass_never if {
	judged({"key_manager": "CUSTOMER", "origin": "EXTERNAL", "key_state": "Enabled", "valid_to": null, "observed_at": "2026-11-20T00:00:00Z"}).status == "PASSED"
}

test_fail_soon if {
	judged({"key_manager": "CUSTOMER", "origin": "EXTERNAL", "key_state": "Enabled", "valid_to": "2026-12-01T00:00:00Z", "observed_at": "2026-11-20T00:00:00Z"}).status == "FAILED"
}

test_absent_import_has_no_expiry if {
	judged({"key_manager": "CUSTOMER", "origin": "AWS_KMS", "key_state": "Enabled", "valid_to": null, "observed_at": "2026-11-20T00:00:00Z"}).status == "NOT_APPLICABLE"
}

test_absent_material_is_not_said_to_last if {
	judged({"key_manager": "CUSTOMER", "origin": "EXTERNAL", "key_state": "PendingImport", "valid_to": null, "observed_at": "2026-11-20T00:00:00Z"}).status == "NOT_APPLICABLE"
}

test_unknown_state_is_not_passed if {
	every state in [null, "Novel"] {
		judged({"key_manager": "CUSTOMER", "origin": "EXTERNAL", "key_state": state, "valid_to": null, "observed_at": "2026-11-20T00:00:00Z"}).status == "NOT_AVAILABLE"
	}
}

test_unknown_expiry_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "origin": "EXTERNAL", "key_state": "Enabled", "observed_at": "2026-11-20T00:00:00Z"}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.imported_material_lasts.verdict with input as observed
}
