package controls.s3_multi_region_access_point.policy_lets_in_nobody_unknown_test

none := {"public": false, "untrusted_accounts": [], "untrusted_sources": [], "foreign_organizations": [], "unresolved_principals": [], "statements": []}

with_policy(changes) := {"policy": {"Statement": []}, "analysis": {"policy": object.union(none, changes)}}

restricted := {"analysis": {"block_public_access": {"restrict_public_buckets": true}}}

test_pass_nobody_untrusted if {
	judged(with_policy({})).status == "PASSED"
}

test_fail_everyone if {
	judged(with_policy({"public": true})) == {"status": "FAILED", "reason": "let in: everyone"}
}

test_fail_everyone_is_less_severe_where_it_is_held_back if {
	judged(object.union(with_policy({"public": true}), restricted)).severity == "MEDIUM"
}

test_fail_a_stranger_is_not_held_back if {
	verdict := judged(object.union(with_policy({"public": true, "untrusted_accounts": ["999988887777"]}), restricted))
	verdict == {"status": "FAILED", "reason": "let in: everyone, account 999988887777"}
}

test_absent_policy_passes if {
	judged({"policy": null, "analysis": {"policy": null}}).status == "PASSED"
}

test_unknown_account_of_a_principal_is_not_passed if {
	judged(with_policy({"unresolved_principals": ["AROAEXAMPLEID"]})).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetMultiRegionAccessPointPolicy", "code": "AccessDenied"}
	judged({"unknown": {"policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_nonsense_is_not_passed if {
	judged(with_policy({"untrusted_accounts": null})).status == "NOT_AVAILABLE"
	judged(object.union(with_policy({}), {"policy": "none"})).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3_multi_region_access_point.policy_lets_in_nobody_unknown.verdict with input as observed
}
