package controls.s3.policy_grants_no_exceptions_test

with_policy(names) := {"policy": {"Statement": []}, "analysis": {"policy": {"allows_all_but": names}}}

test_pass_none if {
	judged(with_policy([])).status == "PASSED"
}

test_fail_names_them if {
	judged(with_policy(["a", "b"])) == {"status": "FAILED", "reason": "everything but what is named is allowed by a, b"}
}

test_absent_policy_passes if {
	judged({"policy": null, "analysis": {"policy": null}}).status == "PASSED"
}

test_nonsense_is_not_passed if {
	judged(with_policy(null)).status == "NOT_AVAILABLE"
	judged({"policy": "none", "analysis": {"policy": {"allows_all_but": []}}}).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketPolicy", "code": "AccessDenied"}
	judged({"unknown": {"policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.policy_grants_no_exceptions.verdict with input as observed
}
