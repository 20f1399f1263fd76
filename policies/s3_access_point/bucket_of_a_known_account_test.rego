package controls.s3_access_point.bucket_of_a_known_account_test

test_pass_own_bucket if {
	judged({"account": "111122223333", "bucket_account": "111122223333"}).status == "PASSED"
}

test_pass_bucket_of_the_organization if {
	verdict := data.controls.s3_access_point.bucket_of_a_known_account.verdict with input as {"account": "111122223333", "bucket_account": "222233334444"}
		with data.parameters.organization_accounts as ["222233334444"]
	verdict == {"status": "PASSED", "reason": "the bucket belongs to account 222233334444, which is known"}
}

test_fail_bucket_of_a_stranger if {
	verdict := judged({"account": "111122223333", "bucket_account": "999988887777"})
	verdict == {"status": "FAILED", "reason": "the bucket belongs to account 999988887777"}
}

test_absent_owner_is_not_passed if {
	judged({"account": "111122223333", "bucket_account": null}).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	judged({"account": "111122223333"}).status == "NOT_AVAILABLE"
	judged({"account": null, "bucket_account": null}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3_access_point.bucket_of_a_known_account.verdict with input as observed
}
