package controls.kms.grants_need_what_they_allow_test

test_pass_one_operation if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": "arn:aws:iam::111122223333:role/app", "retiring_principal": null, "operations": ["Decrypt"], "constrained": false}]}).status == "PASSED"
}

test_pass_constrained if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": "arn:aws:iam::111122223333:role/app", "retiring_principal": null, "operations": ["CreateGrant", "Decrypt"], "constrained": true}]}).status == "PASSED"
}

test_fail_passes_use_on if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": "arn:aws:iam::111122223333:role/app", "retiring_principal": null, "operations": ["CreateGrant", "Decrypt"], "constrained": false}]}).status == "FAILED"
}

test_fail_every_use if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": "arn:aws:iam::111122223333:role/app", "retiring_principal": null, "operations": ["Decrypt", "Encrypt", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo"], "constrained": false}]}).status == "FAILED"
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
	verdict := data.controls.kms.grants_need_what_they_allow.verdict with input as observed
}
