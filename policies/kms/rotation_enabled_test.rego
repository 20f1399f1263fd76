package controls.kms.rotation_enabled_test

test_pass_rotates if {
	judged(key({})).status == "PASSED"
}

test_pass_keys_of_aws_do_not_count if {
	judged(key({"key_manager": "AWS"})).status == "NOT_APPLICABLE"
}

test_pass_kinds_that_cannot_rotate_do_not_count if {
	every fields in [
		{"key_spec": "RSA_2048"},
		{"key_spec": "HMAC_256"},
		{"origin": "EXTERNAL"},
		{"origin": "AWS_CLOUDHSM"},
		{"origin": "EXTERNAL_KEY_STORE"},
		{"key_state": "PendingDeletion"},
		{"key_state": "Disabled"},
	] {
		judged(key(object.union({"key_rotation_enabled": false}, fields))).status == "NOT_APPLICABLE"
	}
}

test_pass_a_replica_rotates_with_its_primary if {
	replicas := [{"arn": "arn:aws:kms:us-east-1:111122223333:key/mrk-1", "region": "us-east-1", "primary": true}]
	verdict := judged(key({"key_rotation_enabled": false, "replica_keys": replicas}))
	verdict == {"status": "NOT_APPLICABLE", "reason": "rotation is set at the primary key arn:aws:kms:us-east-1:111122223333:key/mrk-1"}
}

test_fail_a_primary_without_rotation if {
	replicas := [{"arn": "arn:aws:kms:us-east-1:111122223333:key/mrk-1", "region": "us-east-1", "primary": false}]
	judged(key({"key_rotation_enabled": false, "replica_keys": replicas})).status == "FAILED"
}

test_fail_does_not_rotate if {
	judged(key({"key_rotation_enabled": false})).status == "FAILED"
}

test_absent_answer_is_not_passed if {
	judged(key({"key_rotation_enabled": null})).status == "NOT_AVAILABLE"
}

test_unknown_rotation_is_not_passed if {
	judged(object.remove(key({}), ["key_rotation_enabled"])).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

key(fields) := object.union(
	{
		"key_manager": "CUSTOMER",
		"key_state": "Enabled",
		"key_spec": "SYMMETRIC_DEFAULT",
		"key_usage": "ENCRYPT_DECRYPT",
		"origin": "AWS_KMS",
		"key_rotation_enabled": true,
		"replica_keys": [],
		"deletion_date": null,
		"buckets": [],
	},
	fields,
)

judged(observed) := verdict if {
	verdict := data.controls.kms.rotation_enabled.verdict with input as observed
}
