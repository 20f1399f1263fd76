package controls.s3.intelligent_tiering_test

test_pass_enabled if {
	judged({"tierings": [{"enabled": false}, {"enabled": true}]}).status == "PASSED"
}

test_fail_disabled if {
	judged({"tierings": [{"enabled": false}]}).status == "FAILED"
}

test_absent_configuration_fails if {
	judged({"tierings": []}).status == "FAILED"
}

test_unknown_is_not_passed if {
	judged({"unknown": {"tierings": {"operation": "ListBucketIntelligentTieringConfigurations", "code": "AccessDenied"}}}).status == "FAILED"
}

test_empty_input_is_not_passed if {
	judged({}).status == "FAILED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.intelligent_tiering.verdict with input as observed
}
