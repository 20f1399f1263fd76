package controls.kms.services_name_their_source_test

with_policy(names) := {"key_manager": "CUSTOMER", "key_policy": {"Statement": []}, "analysis": {"policy": {"services_without_source": names}}}

test_pass_none if {
	judged(with_policy([])).status == "PASSED"
}

test_pass_keys_of_aws_do_not_count if {
	judged(object.union(with_policy(["a"]), {"key_manager": "AWS"})).status == "NOT_APPLICABLE"
}

test_fail_names_them if {
	judged(with_policy(["a", "b"])) == {"status": "FAILED", "reason": "no source is fixed for a, b"}
}

test_absent_policy_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "key_policy": null, "analysis": {"policy": null}}).status == "NOT_AVAILABLE"
}

test_nonsense_is_not_passed if {
	judged(with_policy(null)).status == "NOT_AVAILABLE"
	judged(object.union(with_policy([]), {"key_policy": "none"})).status == "NOT_AVAILABLE"
	judged(object.union(with_policy([]), {"key_manager": null})).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetKeyPolicy", "code": "AccessDeniedException"}
	judged({"key_manager": "CUSTOMER", "unknown": {"key_policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.services_name_their_source.verdict with input as observed
}
