package controls.s3.versioning_test

test_pass_enabled if {
	judged({"versioning": {"status": "Enabled", "mfa_delete": false}}).status == "PASSED"
}

test_fail_suspended if {
	verdict := judged({"versioning": {"status": "Suspended", "mfa_delete": false}})
	verdict == {"status": "FAILED", "reason": "versioning is suspended"}
}

test_absent_fails if {
	judged({"versioning": null}) == {"status": "FAILED", "reason": "versioning is off"}
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketVersioning", "code": "AccessDenied"}
	judged({"unknown": {"versioning": refused}}).status != "PASSED"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.versioning.verdict with input as observed
}
