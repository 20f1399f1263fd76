package controls.bucket_key.key_not_named_by_alias_test

test_pass_an_arn if {
	judged(bucket({})).status == "PASSED"
}

test_pass_a_key_id if {
	judged(bucket({"reference": "1234abcd-12ab-34cd-56ef-1234567890ab"})).status == "PASSED"
}

test_pass_the_id_of_a_multi_region_key if {
	judged(bucket({"reference": "mrk-1234abcd12ab34cd56ef1234567890ab"})).status == "PASSED"
}

test_unknown_form_is_not_passed if {
	judged(bucket({"reference": "app"})).status == "NOT_AVAILABLE"
}

test_fail_an_alias if {
	verdict := judged(bucket({"reference": "alias/app"}))
	verdict == {"status": "FAILED", "reason": "alias/app is resolved in the account of whoever uploads"}
}

test_fail_the_arn_of_an_alias if {
	judged(bucket({"reference": "arn:aws-cn:kms:cn-north-1:111122223333:alias/app"})).status == "FAILED"
}

test_absent_reference_is_aws_s3 if {
	judged(bucket({"reference": null})).status == "NOT_APPLICABLE"
}

test_the_alias_of_aws_cannot_be_moved if {
	every reference in ["alias/aws/s3", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"] {
		judged(bucket({"reference": reference})).status == "NOT_APPLICABLE"
	}
}

test_unknown_reference_is_not_passed if {
	judged(object.remove(bucket({}), ["reference"])).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

bucket(fields) := object.union({"region": "eu-west-1", "reference": "arn:aws:kms:eu-west-1:111122223333:key/own", "replicas": []}, fields)

judged(observed) := verdict if {
	verdict := data.controls.bucket_key.key_not_named_by_alias.verdict with input as observed
}
