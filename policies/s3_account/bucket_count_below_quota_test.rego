package controls.s3_account.bucket_count_below_quota_test

test_pass_few if {
	judged({"bucket_count": 3}) == {"status": "PASSED", "reason": "has 3 buckets"}
}

test_fail_more_than_the_operator_accepts if {
	judged({"bucket_count": 4}) == {"status": "FAILED", "reason": "has 4 buckets; 3 are the most that is accepted"}
}

test_absent_buckets_are_few if {
	judged({"bucket_count": 0}).status == "PASSED"
}

test_nonsense_is_not_passed if {
	every nonsense in [null, "3", [], {}] {
		judged({"bucket_count": nonsense}).status == "NOT_AVAILABLE"
	}
}

test_unknown_is_not_passed if {
	refused := {"operation": "ListBuckets", "code": "SlowDown"}
	judged({"unknown": {"bucket_count": refused}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	data.controls.s3_account.bucket_count_below_quota.verdict.status == "NOT_AVAILABLE" with input as {}
}

judged(observed) := verdict if {
	verdict := data.controls.s3_account.bucket_count_below_quota.verdict with input as object.union({"account": "111122223333"}, observed)
		with data.parameters.max_buckets_per_account as 3
}
