package controls.s3.requires_tls_1_2_test

with_policy(fact) := {"policy": {"Statement": []}, "analysis": {"policy": {"denies_old_tls": fact}}}

test_pass_required if {
	judged(with_policy(true)).status == "PASSED"
}

test_fail_not_required if {
	judged(with_policy(false)) == {"status": "FAILED", "reason": "the policy does not deny every request with TLS older than 1.2"}
}

test_absent_policy_fails if {
	judged({"policy": null, "analysis": {"policy": null}}).status == "FAILED"
}

test_nonsense_is_not_passed if {
	judged({"policy": "none", "analysis": {"policy": {"denies_old_tls": true}}}).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketPolicy", "code": "AccessDenied"}
	judged({"unknown": {"policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.requires_tls_1_2.verdict with input as observed
}
