package controls.s3.uses_bucket_key_test

test_pass_used if {
	judged({"encryption": {"algorithm": "aws:kms", "bucket_key_enabled": true}}).status == "PASSED"
}

test_fail_not_used if {
	judged({"encryption": {"algorithm": "aws:kms", "bucket_key_enabled": false}}).status == "FAILED"
}

test_absent_encryption_does_not_apply if {
	judged({"encryption": null}).status == "NOT_APPLICABLE"
}

test_absent_kms_does_not_apply if {
	judged({"encryption": {"algorithm": "aws:kms:dsse", "bucket_key_enabled": false}}) == {"status": "NOT_APPLICABLE", "reason": "aws:kms:dsse takes no S3 Bucket Key"}
}

test_unknown_is_not_passed if {
	judged({"unknown": {"encryption": {"operation": "GetBucketEncryption", "code": "AccessDenied"}}}).status == "FAILED"
}

test_empty_input_is_not_passed if {
	judged({}).status == "FAILED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.uses_bucket_key.verdict with input as observed
}
