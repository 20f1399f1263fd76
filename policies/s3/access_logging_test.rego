package controls.s3.access_logging_test

test_pass_logged if {
	verdict := judged({"logging": {"target_bucket": "logs", "target_prefix": ""}})
	verdict == {"status": "PASSED", "reason": "logged to `logs`"}
}

test_fail_not_logged if {
	judged({"logging": null, "analysis": {"receives_access_logs": false}}).status == "FAILED"
}

test_absent_does_not_apply_to_a_bucket_that_receives_logs if {
	judged({"logging": null, "analysis": {"receives_access_logs": true}}).status == "NOT_APPLICABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketLogging", "code": "AccessDenied"}
	judged({"unknown": {"logging": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_unknown_policy_matters_only_without_logging if {
	refused := {"policy": {"operation": "GetBucketPolicy", "code": "AccessDenied"}}
	judged({"logging": {"target_bucket": "logs"}, "unknown": refused, "analysis": {}}).status == "PASSED"
	judged({"logging": null, "unknown": refused, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.access_logging.verdict with input as observed
}
