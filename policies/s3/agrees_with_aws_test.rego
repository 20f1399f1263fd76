package controls.s3.agrees_with_aws_test

with_opinions(ours, theirs) := {
	"policy": {"Statement": []},
	"policy_status": {"is_public": theirs},
	"analysis": {"policy": {"public": ours, "statements": [{"sid": "Site", "index": 0, "exposure": "public", "unfenced_exposure": "public"}]}},
}

test_pass_both_agree if {
	judged(with_opinions(true, true)) == {"status": "PASSED", "reason": "both say: public"}
	judged(with_opinions(false, false)).status == "PASSED"
}

test_fail_only_aws_calls_it_public if {
	judged(with_opinions(false, true)).status == "FAILED"
	judged(with_opinions(false, true)).severity == "HIGH"
}

test_fail_tells_of_the_fence if {
	statement := {"sid": null, "index": 0, "exposure": "organization", "unfenced_exposure": "public"}
	observed := object.union(with_opinions(false, true), {"analysis": {"policy": {"public": false, "statements": [statement]}}})
	judged(observed).reason == "AWS calls the policy public, orgsweep does not: a Deny keeps the public out of statement 1"
}

test_fail_only_orgsweep_calls_it_public if {
	judged(with_opinions(true, false)) == {"status": "FAILED", "reason": "orgsweep calls the policy public, AWS does not: `Site`"}
}

test_absent_policy_does_not_apply if {
	judged({"policy": null, "policy_status": null, "analysis": {"policy": null}}).status == "NOT_APPLICABLE"
}

test_unknown_status_is_not_passed if {
	judged(object.remove(with_opinions(false, false), ["policy_status"])).status == "NOT_AVAILABLE"
	judged(object.union(with_opinions(false, false), {"policy_status": null})).status == "NOT_AVAILABLE"
}

test_nonsense_is_not_passed if {
	judged(with_opinions("no", "no")).status == "NOT_AVAILABLE"
	judged(object.union(with_opinions(false, false), {"policy": "none"})).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketPolicy", "code": "AccessDenied"}
	judged({"unknown": {"policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.agrees_with_aws.verdict with input as observed
}
