package controls.s3.policy_locks_nobody_out_test

with_policy(names) := {"policy": {"Statement": []}, "analysis": {"policy": {"locked_out_by": names}}}

test_pass_none if {
	judged(with_policy([])).status == "PASSED"
}

test_fail_names_them if {
	judged(with_policy(["a", "b"])) == {"status": "FAILED", "reason": "only the root user can mend the policy: a, b"}
}

test_absent_policy_passes if {
	judged({"policy": null, "analysis": {"policy": null}}).status == "PASSED"
}

test_nonsense_is_not_passed if {
	judged(with_policy(null)).status == "NOT_AVAILABLE"
	judged({"policy": "none", "analysis": {"policy": {"locked_out_by": []}}}).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketPolicy", "code": "AccessDenied"}
	judged({"unknown": {"policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.policy_locks_nobody_out.verdict with input as observed
}
