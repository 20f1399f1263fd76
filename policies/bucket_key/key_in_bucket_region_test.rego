package controls.bucket_key.key_in_bucket_region_test

test_pass_same_region if {
	judged(own_key({})).status == "PASSED"
}

test_pass_foreign_key_of_the_same_region if {
	judged(foreign_key).status == "PASSED"
}

test_pass_aws_s3_does_not_count if {
	judged(bucket({})).status == "NOT_APPLICABLE"
}

test_pass_aws_s3_by_its_alias_does_not_count if {
	judged(own_key({"key_manager": "AWS"})).status == "NOT_APPLICABLE"
}

test_fail_another_region if {
	key := {"key_arn": "arn:aws:kms:us-east-1:111122223333:key/far", "foreign": false, "exists": true}
	verdict := judged(bucket({"key": key}))
	verdict == {"status": "FAILED", "reason": "arn:aws:kms:us-east-1:111122223333:key/far is in us-east-1, the bucket in eu-west-1"}
}

test_absent_key_is_left_to_another_control if {
	judged(no_key).status == "NOT_APPLICABLE"
}

test_unknown_key_that_was_refused if {
	verdict := judged(refused_key)
	verdict == {"status": "NOT_AVAILABLE", "reason": "alias/shut: DescribeKey answered AccessDeniedException"}
}

test_unknown_key_by_id if {
	key := {"key_arn": null, "foreign": false}
	judged(bucket({"reference": "1234abcd-12ab-34cd-56ef-1234567890ab", "key": key})).status == "NOT_AVAILABLE"
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
	verdict := data.controls.bucket_key.key_in_bucket_region.verdict with input as observed
}
