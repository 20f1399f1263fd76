package controls.bucket_key.key_not_pending_deletion_test

test_pass_enabled if {
	judged(own_key({})).status == "PASSED"
}

test_pass_disabled_is_not_pending if {
	judged(own_key({"key_state": "Disabled"})).status == "PASSED"
}

test_pass_aws_s3_does_not_count if {
	judged(bucket({})).status == "NOT_APPLICABLE"
}

test_pass_aws_s3_by_its_alias_does_not_count if {
	judged(own_key({"key_manager": "AWS"})).status == "NOT_APPLICABLE"
}

test_fail_says_when if {
	verdict := judged(own_key({"key_state": "PendingDeletion", "deletion_date": "2026-12-01T00:00:00Z"}))
	verdict == {"status": "FAILED", "reason": "arn:aws:kms:eu-west-1:111122223333:key/own will be deleted on 2026-12-01T00:00:00Z"}
}

test_absent_key_is_left_to_another_control if {
	judged(no_key).status == "NOT_APPLICABLE"
}

test_unknown_foreign_key_names_the_owner if {
	verdict := judged(foreign_key)
	verdict == {"status": "NOT_AVAILABLE", "reason": "arn:aws:kms:eu-west-1:444455556666:key/theirs belongs to account 444455556666, which this audit cannot look into"}
}

test_unknown_key_that_was_refused if {
	verdict := judged(refused_key)
	verdict == {"status": "NOT_AVAILABLE", "reason": "alias/shut: DescribeKey answered AccessDeniedException"}
}

test_unknown_key_that_was_not_audited if {
	judged(object.remove(own_key({}), ["key"])).status == "NOT_AVAILABLE"
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
	verdict := data.controls.bucket_key.key_not_pending_deletion.verdict with input as observed
}
