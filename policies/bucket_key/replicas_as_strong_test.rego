package controls.bucket_key.replicas_as_strong_test

test_pass_every_rule_names_a_key if {
	judged(bucket({"replicas": [copy("arn:aws:kms:us-east-1:111122223333:key/copy")]})).status == "PASSED"
}

test_pass_aws_s3_is_not_weakened if {
	every reference in [null, "alias/aws/s3", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"] {
		judged(bucket({"reference": reference, "replicas": [copy(null)]})).status == "NOT_APPLICABLE"
	}
}

test_fail_a_rule_without_a_key if {
	verdict := judged(bucket({"replicas": [copy("arn:aws:kms:us-east-1:111122223333:key/copy"), copy(null)]}))
	verdict == {"status": "FAILED", "reason": "the rule for arn:aws:s3:::copy names no key"}
}

test_fail_a_rule_with_aws_s3 if {
	verdict := judged(bucket({"replicas": [copy("arn:aws:kms:us-east-1:111122223333:alias/aws/s3")]}))
	verdict == {"status": "FAILED", "reason": "the rule for arn:aws:s3:::copy names the AWS managed key"}
}

test_absent_rules_do_not_count if {
	judged(bucket({})).status == "NOT_APPLICABLE"
}

test_unknown_rules_are_not_passed if {
	judged(object.remove(bucket({}), ["replicas"])).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

bucket(fields) := object.union({"region": "eu-west-1", "reference": "arn:aws:kms:eu-west-1:111122223333:key/own", "replicas": []}, fields)

copy(key) := {"destination": "arn:aws:s3:::copy", "key": key}

judged(observed) := verdict if {
	verdict := data.controls.bucket_key.replicas_as_strong.verdict with input as observed
}
