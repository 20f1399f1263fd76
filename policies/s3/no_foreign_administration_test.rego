package controls.s3.no_foreign_administration_test

with_actions(actions) := {"policy": {}, "analysis": {"policy": {"cross_account_sensitive_actions": actions}}}

test_pass_no_such_action if {
	judged(with_actions([])).status == "PASSED"
}

test_fail_names_the_actions if {
	verdict := judged(with_actions(["s3:PutBucketAcl", "s3:PutBucketPolicy"]))
	verdict == {"status": "FAILED", "reason": "others have s3:PutBucketAcl, s3:PutBucketPolicy"}
}

test_absent_policy_passes if {
	judged({"policy": null, "analysis": {"policy": null}}).status == "PASSED"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketPolicy", "code": "AccessDenied"}
	judged({"unknown": {"policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.no_foreign_administration.verdict with input as observed
}
