package controls.s3.others_have_allowed_actions_only_test

with_actions(actions) := {"policy": {"Statement": []}, "analysis": {"policy": {"excessive_actions": actions}}}

test_pass_allowed_actions_only if {
	judged(with_actions([])).status == "PASSED"
}

test_pass_not_judged_without_a_list if {
	verdict := data.controls.s3.others_have_allowed_actions_only.verdict with input as with_actions(["s3:PutObject"])
		with data.parameters.actions_of_others as []
	verdict.status == "NOT_APPLICABLE"
}

test_fail_names_the_actions if {
	judged(with_actions(["s3:DeleteObject", "s3:PutObject"])) == {"status": "FAILED", "reason": "others also have s3:DeleteObject, s3:PutObject"}
}

test_absent_policy_passes if {
	judged({"policy": null, "analysis": {"policy": null}}).status == "PASSED"
}

test_nonsense_is_not_passed if {
	judged(with_actions(null)).status == "NOT_AVAILABLE"
	judged({"policy": "none", "analysis": {"policy": {"excessive_actions": []}}}).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketPolicy", "code": "AccessDenied"}
	judged({"unknown": {"policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.others_have_allowed_actions_only.verdict with input as observed
		with data.parameters.actions_of_others as ["s3:Get*"]
}
