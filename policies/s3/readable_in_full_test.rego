package controls.s3.readable_in_full_test

test_pass_nothing_refused if {
	judged({"unknown": {}}).status == "PASSED"
}

test_fail_denied if {
	judged({"unknown": {"policy": {"operation": "GetBucketPolicy", "code": "AccessDenied"}, "logging": {"operation": "GetBucketLogging", "code": "SlowDown"}}}) == {"status": "FAILED", "reason": "denied: GetBucketPolicy"}
}

test_pass_a_malformed_policy_was_read if {
	judged({"unknown": {"policy": {"operation": "GetBucketPolicy", "code": "MalformedPolicy"}}}).status == "PASSED"
}

test_absent_account_settings_are_the_accounts_matter if {
	judged({"unknown": {"account_public_access_block": {"operation": "GetPublicAccessBlock", "code": "AccessDenied"}}}).status == "PASSED"
}

test_unknown_for_another_reason_is_not_available if {
	judged({"unknown": {"logging": {"operation": "GetBucketLogging", "code": "SlowDown"}}}) == {"status": "NOT_AVAILABLE", "reason": "GetBucketLogging answered SlowDown"}
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.readable_in_full.verdict with input as observed
}
