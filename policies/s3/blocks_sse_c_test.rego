package controls.s3.blocks_sse_c_test

with_blocked(types) := {"encryption": {"algorithm": "AES256", "blocked_encryption_types": types}}

test_pass_blocked if {
	judged(with_blocked(["SSE-C"])).status == "PASSED"
}

test_fail_nothing_blocked if {
	judged(with_blocked(["NONE"])).status == "FAILED"
}

test_fail_aws_did_not_say if {
	judged(with_blocked(null)).status == "FAILED"
}

test_absent_fails if {
	judged({"encryption": null}).status == "FAILED"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketEncryption", "code": "AccessDenied"}
	judged({"unknown": {"encryption": refused}}).status != "PASSED"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.blocks_sse_c.verdict with input as observed
}
