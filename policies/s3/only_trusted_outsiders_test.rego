package controls.s3.only_trusted_outsiders_test

none := {"public": false, "untrusted_accounts": [], "untrusted_sources": [], "foreign_organizations": [], "unresolved_principals": []}

with_policy(changes) := {"policy": {"Statement": []}, "analysis": {"policy": object.union(none, changes)}}

test_pass_nobody_untrusted if {
	judged(with_policy({})).status == "PASSED"
}

test_fail_names_accounts_and_organizations if {
	verdict := judged(with_policy({"untrusted_accounts": ["444455556666"], "foreign_organizations": ["o-other"], "untrusted_sources": ["777788889999"]}))
	verdict == {"status": "FAILED", "reason": "let in: account 444455556666, account 777788889999 through a service, organization o-other"}
}

test_fail_everyone_is_untrusted if {
	judged(with_policy({"public": true})).reason == "let in: everyone"
}

test_unknown_account_of_a_principal_is_not_passed if {
	judged(with_policy({"unresolved_principals": ["AROAEXAMPLEID"]})).status == "NOT_AVAILABLE"
}

test_absent_policy_passes if {
	judged({"policy": null, "analysis": {"policy": null}}).status == "PASSED"
}

test_nonsense_is_not_passed if {
	judged(with_policy({"untrusted_accounts": null})).status == "NOT_AVAILABLE"
	judged(object.union(with_policy({}), {"policy": "none"})).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketPolicy", "code": "AccessDenied"}
	judged({"unknown": {"policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.only_trusted_outsiders.verdict with input as observed
}
