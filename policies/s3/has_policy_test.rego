package controls.s3.has_policy_test

test_pass_with_a_policy if {
	judged({"policy": {"Statement": [{"Effect": "Deny"}]}}).status == "PASSED"
	judged({"policy": {"Statement": {"Effect": "Deny"}}}).status == "PASSED"
}

test_fail_without_a_statement if {
	judged({"policy": {"Statement": []}}).status == "FAILED"
}

test_absent_policy_fails if {
	judged({"policy": null}).status == "FAILED"
}

test_nonsense_is_not_passed if {
	judged({"policy": "none"}).status == "NOT_AVAILABLE"
	judged({"policy": {}}).status == "NOT_AVAILABLE"
	judged({"policy": {"Statement": null}}).status == "NOT_AVAILABLE"
	judged({"policy": {"Statement": "Allow"}}).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketPolicy", "code": "AccessDenied"}
	judged({"unknown": {"policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.has_policy.verdict with input as observed
}
