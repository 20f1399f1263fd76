package controls.s3.mfa_delete_test

test_pass_on if {
	judged({"versioning": {"status": "Enabled", "mfa_delete": true}, "lifecycle": null}).status == "PASSED"
}

test_fail_off if {
	judged({"versioning": {"status": "Enabled", "mfa_delete": false}, "lifecycle": null}).status == "FAILED"
}

test_fail_does_not_apply_beside_a_lifecycle if {
	judged({"versioning": {"status": "Enabled", "mfa_delete": false}, "lifecycle": []}).status == "NOT_APPLICABLE"
}

test_absent_fails if {
	judged({"versioning": null, "lifecycle": null}).status == "FAILED"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketVersioning", "code": "AccessDenied"}
	judged({"unknown": {"versioning": refused}}).status != "PASSED"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.mfa_delete.verdict with input as observed
}
