package controls.s3_account.predictable_buckets_are_own_test

bucket(owned) := {"name": "sagemaker-eu-west-1-111122223333", "used_by": "SageMaker AI", "owned": owned}

test_pass_own if {
	judged({"predictable_buckets": [bucket(true)]}).status == "PASSED"
}

test_fail_names_bucket_and_service if {
	verdict := judged({"predictable_buckets": [bucket(true), bucket(false)]})
	verdict == {"status": "FAILED", "reason": "of another account: `sagemaker-eu-west-1-111122223333` (SageMaker AI)"}
}

test_absent_buckets_pass if {
	judged({"predictable_buckets": []}).status == "PASSED"
}

test_nonsense_is_not_passed if {
	every nonsense in [null, "none", 7, [7], [bucket("?")]] {
		judged({"predictable_buckets": nonsense}).status == "NOT_AVAILABLE"
	}
}

test_unknown_is_not_passed if {
	refused := {"operation": "HeadBucket", "code": "SlowDown"}
	judged({"unknown": {"predictable_buckets": refused}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	data.controls.s3_account.predictable_buckets_are_own.verdict.status == "NOT_AVAILABLE" with input as {}
}

judged(observed) := verdict if {
	verdict := data.controls.s3_account.predictable_buckets_are_own.verdict with input as object.union({"account": "111122223333"}, observed)
}
