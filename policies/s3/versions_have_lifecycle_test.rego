package controls.s3.versions_have_lifecycle_test

versioned := {"status": "Enabled", "mfa_delete": false}

test_pass_versioned_with_rule if {
	judged({"versioning": versioned, "lifecycle": [{"enabled": true}]}).status == "PASSED"
}

test_fail_only_disabled_rules if {
	judged({"versioning": versioned, "lifecycle": [{"enabled": false}]}).status == "FAILED"
}

test_absent_lifecycle_fails if {
	judged({"versioning": versioned, "lifecycle": null}).status == "FAILED"
}

test_absent_versioning_does_not_apply if {
	judged({"versioning": null, "lifecycle": null}).status == "NOT_APPLICABLE"
}

test_suspended_versioning_does_not_apply if {
	judged({"versioning": {"status": "Suspended"}, "lifecycle": null}).status == "NOT_APPLICABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketVersioning", "code": "AccessDenied"}
	judged({"unknown": {"versioning": refused}}).status != "PASSED"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.versions_have_lifecycle.verdict with input as observed
}
