package controls.s3.encrypted_with_kms_test

test_pass_kms if {
	judged({"encryption": {"algorithm": "aws:kms"}}).status == "PASSED"
}

test_pass_dsse if {
	judged({"encryption": {"algorithm": "aws:kms:dsse"}}).status == "PASSED"
}

test_fail_s3_managed_keys if {
	judged({"encryption": {"algorithm": "AES256"}}) == {"status": "FAILED", "reason": "objects are encrypted with AES256"}
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
	verdict := data.controls.s3.encrypted_with_kms.verdict with input as observed
}
