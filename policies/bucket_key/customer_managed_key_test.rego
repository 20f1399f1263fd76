package controls.bucket_key.customer_managed_key_test

test_pass_a_key_of_the_customer if {
	verdict := judged(own_key({}))
	verdict == {"status": "PASSED", "reason": "arn:aws:kms:eu-west-1:111122223333:key/own is a key of the customer"}
}

test_fail_no_name_is_aws_s3 if {
	verdict := judged(bucket({}))
	verdict == {"status": "FAILED", "reason": "the key is the AWS managed key aws/s3"}
}

test_fail_aws_s3_by_the_arn_of_the_key if {
	judged(own_key({"key_manager": "AWS"})).status == "FAILED"
}

test_absent_key_is_left_to_another_control if {
	judged(no_key).status == "NOT_APPLICABLE"
}

test_unknown_foreign_key_is_not_passed if {
	judged(foreign_key).status == "NOT_AVAILABLE"
}

test_unknown_key_that_was_refused if {
	judged(refused_key).status == "NOT_AVAILABLE"
}

test_unknown_key_that_was_not_audited if {
	judged(object.remove(own_key({}), ["key"])).status == "NOT_AVAILABLE"
}

test_unknown_manager_is_not_passed if {
	key := object.remove(own_key({}).key, ["key_manager"])
	judged(bucket({"key": key})).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

own := "arn:aws:kms:eu-west-1:111122223333:key/own"

theirs := "arn:aws:kms:eu-west-1:444455556666:key/theirs"

bucket(fields) := object.union(
	{
		"account": "111122223333",
		"region": "eu-west-1",
		"reference": own,
		"public": false,
		"accounts": [],
		"replicas": [],
		"key": null,
	},
	fields,
)

own_key(fields) := bucket({"key": object.union(
	{
		"key_arn": own,
		"account": "111122223333",
		"foreign": false,
		"exists": true,
		"key_state": "Enabled",
		"deletion_date": null,
		"key_manager": "CUSTOMER",
		"key_rotation_enabled": true,
		"public": false,
		"accounts": [],
	},
	fields,
)})

foreign_key := bucket({
	"reference": theirs,
	"key": {"key_arn": theirs, "account": "444455556666", "foreign": true},
})

no_key := bucket({
	"reference": "alias/gone",
	"key": {"key_arn": null, "account": null, "foreign": false, "exists": false},
})

refused_key := bucket({
	"reference": "alias/shut",
	"key": {
		"key_arn": null,
		"account": null,
		"foreign": false,
		"refusal": {"operation": "DescribeKey", "code": "AccessDeniedException"},
	},
})

judged(observed) := verdict if {
	verdict := data.controls.bucket_key.customer_managed_key.verdict with input as observed
}
