package controls.kms.policy_not_public_test

test_pass_named_principals if {
	judged(with_policy({"public": false, "statements": []})).status == "PASSED"
}

test_pass_keys_of_aws_do_not_count if {
	judged({"key_manager": "AWS", "analysis": {"policy": {"public": true, "statements": []}}}).status == "NOT_APPLICABLE"
}

test_fail_names_the_statements if {
	statements := [
		{"sid": "Root", "index": 0, "exposure": "own_account"},
		{"sid": "All", "index": 1, "exposure": "public"},
		{"sid": null, "index": 2, "exposure": "public"},
	]
	verdict := judged(with_policy({"public": true, "statements": statements}))
	verdict == {"status": "FAILED", "reason": "everyone is let in by `All`, statement 3"}
}

test_absent_policy_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "key_policy": null, "analysis": {"policy": null}}).status == "NOT_AVAILABLE"
}

test_unknown_policy_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "unknown": {"key_policy": {"operation": "GetKeyPolicy", "code": "AccessDeniedException"}}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

with_policy(policy) := {"key_manager": "CUSTOMER", "key_policy": {"Statement": []}, "analysis": {"policy": policy}}

judged(observed) := verdict if {
	verdict := data.controls.kms.policy_not_public.verdict with input as observed
}
