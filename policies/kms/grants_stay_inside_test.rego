package controls.kms.grants_stay_inside_test

test_pass_own_account if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": "arn:aws:iam::111122223333:role/app", "retiring_principal": null, "operations": ["Decrypt"], "constrained": false}]}).status == "PASSED"
}

test_pass_a_service if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": "rds.amazonaws.com", "retiring_principal": null, "operations": ["Decrypt"], "constrained": false}]}).status == "PASSED"
}

test_fail_foreign if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": "arn:aws:iam::999988887777:role/app", "retiring_principal": null, "operations": ["Decrypt"], "constrained": false}]}).status == "FAILED"
}

test_unknown_grantee_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": null, "retiring_principal": null, "operations": ["Decrypt"], "constrained": false}]}).status == "NOT_AVAILABLE"
}

test_unknown_account_of_a_grantee_is_not_passed if {
	every grantee in ["AROAEXAMPLE", "arn:aws:iam::app:root", "*"] {
		judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": grantee, "retiring_principal": null, "operations": ["Decrypt"], "constrained": false}]}).status == "NOT_AVAILABLE"
	}
}

test_fail_mildly_if_nothing_bounds_a_trusted_account if {
	observed := {"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": "arn:aws:iam::999988887777:role/app", "retiring_principal": null, "operations": ["Decrypt"], "constrained": false}]}
	verdict := data.controls.kms.grants_stay_inside.verdict with input as observed with data.parameters.trusted_accounts as ["999988887777"]
	verdict == {"status": "FAILED", "severity": "LOW", "reason": "unbounded: grant g1"}
}

test_absent_grants_allow_nothing if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "grants": []}).status == "PASSED"
}

test_unknown_grants_are_not_passed if {
	judged({"key_manager": "CUSTOMER", "account": "111122223333", "unknown": {"grants": {"operation": "ListGrants", "code": "AccessDeniedException"}}}).status == "NOT_AVAILABLE"
}

test_pass_a_trusted_account if {
	observed := {"key_manager": "CUSTOMER", "account": "111122223333", "grants": [{"grant_id": "g1", "grantee_principal": "arn:aws:iam::999988887777:role/app", "retiring_principal": null, "operations": ["Decrypt"], "constrained": true}]}
	verdict := data.controls.kms.grants_stay_inside.verdict with input as observed with data.parameters.trusted_accounts as ["999988887777"]
	verdict.status == "PASSED"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.grants_stay_inside.verdict with input as observed
}
