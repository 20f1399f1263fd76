package controls.s3.lifecycle_test

test_pass_enabled_rule if {
	judged({"lifecycle": [{"enabled": false}, {"enabled": true}]}).status == "PASSED"
}

test_fail_only_disabled_rules if {
	judged({"lifecycle": [{"enabled": false}]}).status == "FAILED"
}

test_absent_fails if {
	judged({"lifecycle": null}).status == "FAILED"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketLifecycleConfiguration", "code": "AccessDenied"}
	judged({"unknown": {"lifecycle": refused}}).status != "PASSED"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.lifecycle.verdict with input as observed
}
