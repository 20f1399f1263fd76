package controls.s3.requires_encryption_on_upload_test

with_policy(fact) := {"policy": {"Statement": []}, "analysis": {"policy": {"requires_encryption_on_upload": fact}}}

test_pass_required if {
	judged(with_policy(true)).status == "PASSED"
}

test_fail_not_required if {
	judged(with_policy(false)) == {"status": "FAILED", "reason": "an upload may leave its encryption open"}
}

test_absent_policy_fails if {
	judged({"policy": null, "analysis": {"policy": null}}).status == "FAILED"
}

test_nonsense_is_not_passed if {
	judged({"policy": "none", "analysis": {"policy": {"requires_encryption_on_upload": true}}}).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketPolicy", "code": "AccessDenied"}
	judged({"unknown": {"policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.requires_encryption_on_upload.verdict with input as observed
}
