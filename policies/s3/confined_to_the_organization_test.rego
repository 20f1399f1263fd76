package controls.s3.confined_to_the_organization_test

with_policy(ids) := {"policy": {"Statement": []}, "analysis": {"policy": {"confined_to_organizations": ids}}}

test_pass_own_organization if {
	judged(with_policy(["o-own"])).status == "PASSED"
}

test_fail_another_organization_is_let_in if {
	judged(with_policy(["o-other", "o-own"])) == {"status": "FAILED", "reason": "confined to o-other, o-own"}
}

test_fail_no_perimeter if {
	judged(with_policy([])).status == "FAILED"
}

test_absent_policy_fails if {
	judged({"policy": null, "analysis": {"policy": null}}).status == "FAILED"
}

test_unknown_organization_is_not_passed if {
	verdict := data.controls.s3.confined_to_the_organization.verdict with input as with_policy(["o-own"])
		with data.parameters.organization_id as null
	verdict.status == "NOT_AVAILABLE"
}

test_nonsense_is_not_passed if {
	judged(with_policy(null)).status == "NOT_AVAILABLE"
	judged({"policy": "none", "analysis": {"policy": {"confined_to_organizations": ["o-own"]}}}).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketPolicy", "code": "AccessDenied"}
	judged({"unknown": {"policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.confined_to_the_organization.verdict with input as observed
		with data.parameters.organization_id as "o-own"
}
