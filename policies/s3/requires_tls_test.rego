package controls.s3.requires_tls_test

test_pass_denied if {
	judged({"policy": {}, "analysis": {"policy": {"denies_insecure_transport": true}}}).status == "PASSED"
}

test_fail_not_denied if {
	judged({"policy": {}, "analysis": {"policy": {"denies_insecure_transport": false}}}).status == "FAILED"
}

test_absent_policy_fails if {
	verdict := judged({"policy": null, "analysis": {"policy": null}})
	verdict == {"status": "FAILED", "reason": "there is no bucket policy"}
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketPolicy", "code": "AccessDenied"}
	judged({"unknown": {"policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.requires_tls.verdict with input as observed
}
