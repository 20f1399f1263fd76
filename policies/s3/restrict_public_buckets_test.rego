package controls.s3.restrict_public_buckets_test

test_pass_on_for_the_bucket if {
	judged({"public_access_block": {"restrict_public_buckets": true}, "account_public_access_block": null}) == {"status": "PASSED", "reason": "on for the bucket"}
}

test_pass_on_for_the_account if {
	judged({"public_access_block": null, "account_public_access_block": {"restrict_public_buckets": true}}) == {"status": "PASSED", "reason": "on for the account"}
}

test_fail_off_for_both if {
	judged({"public_access_block": {"restrict_public_buckets": false}, "account_public_access_block": {"restrict_public_buckets": false}}).status == "FAILED"
}

test_absent_settings_are_off if {
	judged({"public_access_block": null, "account_public_access_block": null}).status == "FAILED"
}

test_unknown_is_not_passed if {
	judged({"unknown": {"public_access_block": {"operation": "GetPublicAccessBlock", "code": "AccessDenied"}}}).status == "NOT_AVAILABLE"
}

test_unknown_settings_of_the_account_matter_only_if_the_bucket_has_it_off if {
	judged({"public_access_block": {"restrict_public_buckets": true}}).status == "PASSED"
	judged({"public_access_block": {"restrict_public_buckets": false}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.restrict_public_buckets.verdict with input as observed
}
