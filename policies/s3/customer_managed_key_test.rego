package controls.s3.customer_managed_key_test

with_key(key) := {"encryption": {"algorithm": "aws:kms", "kms_key_id": key}}

test_pass_customer_key if {
	verdict := judged(with_key("alias/app"))
	verdict == {"status": "PASSED", "reason": "the key is `alias/app`"}
}

test_fail_aws_managed_key_by_default if {
	judged(with_key(null)).status == "FAILED"
}

test_fail_aws_managed_key_by_name if {
	judged(with_key("arn:aws:kms:eu-west-1:111122223333:alias/aws/s3")).status == "FAILED"
}

test_fail_no_kms_key if {
	verdict := judged({"encryption": {"algorithm": "AES256", "kms_key_id": null}})
	verdict == {"status": "FAILED", "reason": "no KMS key is used"}
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
	verdict := data.controls.s3.customer_managed_key.verdict with input as observed
}
