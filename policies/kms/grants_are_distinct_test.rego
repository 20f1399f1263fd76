package controls.kms.grants_are_distinct_test

test_pass_different if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": "arn:aws:iam::111122223333:role/app", "retiring_principal": null, "operations": ["Decrypt"], "constrained": false}, {"grant_id": "g2", "grantee_principal": "arn:aws:iam::111122223333:role/app", "retiring_principal": null, "operations": ["Encrypt"], "constrained": false}]}).status == "PASSED"
}

test_pass_constrained_are_not_compared if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": "arn:aws:iam::111122223333:role/app", "retiring_principal": null, "operations": ["Decrypt"], "constrained": true}, {"grant_id": "g2", "grantee_principal": "arn:aws:iam::111122223333:role/app", "retiring_principal": null, "operations": ["Decrypt"], "constrained": true}]}).status == "PASSED"
}

test_fail_equal if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": "arn:aws:iam::111122223333:role/app", "retiring_principal": null, "operations": ["Decrypt"], "constrained": false}, {"grant_id": "g2", "grantee_principal": "arn:aws:iam::111122223333:role/app", "retiring_principal": null, "operations": ["Decrypt"], "constrained": false}]}).status == "FAILED"
}

test_fail_order_of_operations_does_not_matter if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": "arn:aws:iam::111122223333:role/app", "retiring_principal": null, "operations": ["Decrypt", "Encrypt"], "constrained": false}, {"grant_id": "g2", "grantee_principal": "arn:aws:iam::111122223333:role/app", "retiring_principal": null, "operations": ["Encrypt", "Decrypt"], "constrained": false}]}).status == "FAILED"
}

test_absent_grants_allow_nothing if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": []}).status == "PASSED"
}

test_unknown_grants_are_not_passed if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "unknown": {"grants": {"operation": "ListGrants", "code": "AccessDeniedException"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.grants_are_distinct.verdict with input as observed
}
