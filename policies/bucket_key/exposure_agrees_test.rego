package controls.bucket_key.exposure_agrees_test

test_pass_neither_lets_anyone_in if {
	judged(own_key({})).status == "PASSED"
}

test_pass_both_let_in_the_same if {
	shared := object.union(own_key({"accounts": ["444455556666"]}), {"accounts": ["444455556666"]})
	judged(shared).status == "PASSED"
}

test_pass_aws_s3_does_not_count if {
	judged(bucket({})).status == "NOT_APPLICABLE"
}

test_pass_aws_s3_by_its_alias_does_not_count if {
	judged(own_key({"key_manager": "AWS"})).status == "NOT_APPLICABLE"
}

test_fail_the_key_lets_in_everyone if {
	verdict := judged(own_key({"public": true}))
	verdict == {"status": "FAILED", "reason": "arn:aws:kms:eu-west-1:111122223333:key/own lets in everyone"}
	judged(object.union(own_key({"public": true}), {"public": true})).status == "FAILED"
}

test_fail_the_key_lets_in_more if {
	verdict := judged(own_key({"accounts": ["444455556666"]}))
	verdict == {
		"status": "FAILED",
		"severity": "MEDIUM",
		"reason": "arn:aws:kms:eu-west-1:111122223333:key/own lets in 444455556666, the bucket does not",
	}
}

test_fail_the_bucket_lets_in_more if {
	verdict := judged(object.union(own_key({}), {"accounts": ["444455556666"], "public": true}))
	verdict == {
		"status": "FAILED",
		"severity": "LOW",
		"reason": "the bucket lets in 444455556666, everyone, arn:aws:kms:eu-west-1:111122223333:key/own does not",
	}
}

test_fail_aws_s3_lets_in_no_other_account if {
	verdict := judged(bucket({"accounts": ["444455556666"]}))
	verdict == {
		"status": "FAILED",
		"severity": "LOW",
		"reason": "the bucket lets in 444455556666, aws/s3 does not",
	}
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

test_unknown_key_policy_is_not_passed if {
	every fact in ["public", "accounts"] {
		key := object.remove(own_key({}).key, [fact])
		judged(bucket({"key": key})).status == "NOT_AVAILABLE"
	}
}

test_unknown_bucket_policy_is_not_passed if {
	every fact in ["public", "accounts"] {
		judged(object.remove(own_key({}), [fact])).status != "PASSED"
	}
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
	verdict := data.controls.bucket_key.exposure_agrees.verdict with input as observed
}
