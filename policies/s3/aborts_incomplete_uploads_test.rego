package controls.s3.aborts_incomplete_uploads_test

test_pass_aborted if {
	judged({"lifecycle": [{"enabled": true, "aborts_incomplete_uploads": true}]}).status == "PASSED"
}

test_fail_no_rule_does_it if {
	judged({"lifecycle": [{"enabled": true, "aborts_incomplete_uploads": false}]}).status == "FAILED"
}

test_fail_the_rule_is_off if {
	judged({"lifecycle": [{"enabled": false, "aborts_incomplete_uploads": true}]}).status == "FAILED"
}

test_absent_lifecycle_fails if {
	judged({"lifecycle": null}).status == "FAILED"
}

test_unknown_is_not_passed if {
	judged({"unknown": {"lifecycle": {"operation": "GetBucketLifecycleConfiguration", "code": "AccessDenied"}}}).status == "FAILED"
}

test_empty_input_is_not_passed if {
	judged({}).status == "FAILED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.aborts_incomplete_uploads.verdict with input as observed
}
