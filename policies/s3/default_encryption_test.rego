package controls.s3.default_encryption_test

test_pass_s3_managed_keys if {
	judged({"encryption": {"algorithm": "AES256"}}).status == "PASSED"
}

test_fail_strange_algorithm if {
	judged({"encryption": {"algorithm": "rot13"}}).status == "FAILED"
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
	verdict := data.controls.s3.default_encryption.verdict with input as observed
}
