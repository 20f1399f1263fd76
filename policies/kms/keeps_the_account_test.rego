package controls.kms.keeps_the_account_test

with_policy(fact) := {"key_manager": "CUSTOMER", "key_policy": {"Statement": []}, "analysis": {"policy": {"keeps_account": fact}}}

test_pass_kept if {
	judged(with_policy(true)).status == "PASSED"
}

test_pass_keys_of_aws_do_not_count if {
	judged(object.union(with_policy(false), {"key_manager": "AWS"})).status == "NOT_APPLICABLE"
}

test_fail_lost if {
	judged(with_policy(false)).status == "FAILED"
}

test_absent_policy_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "key_policy": null, "analysis": {"policy": null}}).status == "NOT_AVAILABLE"
}

test_nonsense_is_not_passed if {
	judged(object.union(with_policy(true), {"key_policy": "none"})).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetKeyPolicy", "code": "AccessDeniedException"}
	judged({"key_manager": "CUSTOMER", "unknown": {"key_policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.keeps_the_account.verdict with input as observed
}
