package controls.s3.services_name_their_source_test

with_policy(names) := {"policy": {"Statement": []}, "analysis": {"policy": {"services_without_source": names}}}

test_pass_none if {
	judged(with_policy([])).status == "PASSED"
}

test_fail_names_them if {
	judged(with_policy(["a", "b"])) == {"status": "FAILED", "reason": "no source is fixed for a, b"}
}

test_absent_policy_passes if {
	judged({"policy": null, "analysis": {"policy": null}}).status == "PASSED"
}

test_nonsense_is_not_passed if {
	judged(with_policy(null)).status == "NOT_AVAILABLE"
	judged({"policy": "none", "analysis": {"policy": {"services_without_source": []}}}).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketPolicy", "code": "AccessDenied"}
	judged({"unknown": {"policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.services_name_their_source.verdict with input as observed
}
