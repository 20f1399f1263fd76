package controls.s3.policy_lets_in_nobody_unnamed_test

with_policy(fact) := {"policy": {"Statement": []}, "analysis": {"policy": {"public": fact, "statements": [
	{"sid": "Read", "index": 0, "exposure": "public"},
	{"sid": null, "index": 1, "exposure": "public"},
	{"sid": "Own", "index": 2, "exposure": "own_account"},
]}}}

test_pass_named_principals if {
	judged(with_policy(false)).status == "PASSED"
}

test_fail_names_the_statements if {
	verdict := judged(with_policy(true))
	verdict == {"status": "FAILED", "reason": "everyone by `Read`, statement 2", "severity": "CRITICAL"}
}

test_fail_held_back_by_block_public_access if {
	settings := {"analysis": {"block_public_access": {"restrict_public_buckets": true}}}
	verdict := judged(object.union(with_policy(true), settings))
	verdict.status == "FAILED"
	verdict.severity == "MEDIUM"
}

test_absent_policy_passes if {
	judged({"policy": null, "analysis": {"policy": null}}).status == "PASSED"
}

test_nonsense_is_not_passed if {
	judged({"policy": "none", "analysis": {"policy": {"public": false}}}).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketPolicy", "code": "AccessDenied"}
	judged({"unknown": {"policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.policy_lets_in_nobody_unnamed.verdict with input as observed
}
