package controls.kms.not_pending_deletion_test

test_pass_enabled if {
	verdict := judged(key({}))
	verdict == {"status": "PASSED", "reason": "the key is Enabled"}
}

test_pass_disabled_is_not_pending if {
	judged(key({"key_state": "Disabled"})).status == "PASSED"
}

test_pass_keys_of_aws_do_not_count if {
	judged(key({"key_manager": "AWS"})).status == "NOT_APPLICABLE"
}

test_fail_says_when_and_what_goes_with_it if {
	verdict := judged(key({"key_state": "PendingDeletion", "deletion_date": "2026-12-01T00:00:00Z", "buckets": ["arn:aws:s3:::logs"]}))
	verdict == {"status": "FAILED", "reason": "the key will be deleted on 2026-12-01T00:00:00Z; buckets that use it: 1"}
}

test_fail_a_primary_that_waits_for_its_replicas if {
	judged(key({"key_state": "PendingReplicaDeletion"})).status == "FAILED"
}

test_absent_date_is_left_out if {
	verdict := judged(key({"key_state": "PendingDeletion"}))
	verdict == {"status": "FAILED", "reason": "the key will be deleted"}
}

test_unknown_state_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "unknown": {"key_state": {"operation": "DescribeKey", "code": "AccessDeniedException"}}}).status == "NOT_AVAILABLE"
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
	verdict := data.controls.kms.not_pending_deletion.verdict with input as observed
}
