package controls.kms.grants_below_quota_test

test_pass_few if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": "arn:aws:iam::111122223333:role/app", "retiring_principal": null, "operations": ["Decrypt"], "constrained": false}]}).status == "PASSED"
}

test_absent_grants_allow_nothing if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": []}).status == "PASSED"
}

test_unknown_grants_are_not_passed if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "unknown": {"grants": {"operation": "ListGrants", "code": "AccessDeniedException"}}}).status == "NOT_AVAILABLE"
}

test_fail_many if {
	grants := [{"grant_id": id} | some id in numbers.range(1, 3)]
	verdict := data.controls.kms.grants_below_quota.verdict with input as {"key_manager": "CUSTOMER", "grants": grants}
		with data.parameters.max_grants_per_key as 2
	verdict == {"status": "FAILED", "reason": "has 3 grants; 2 are the most that is accepted"}
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.grants_below_quota.verdict with input as observed
}
