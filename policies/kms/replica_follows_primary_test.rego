package controls.kms.replica_follows_primary_test

test_pass_replica_like_its_primary if {
	verdict := judged(replica("Enabled", "Enabled", true))
	verdict == {"status": "PASSED", "reason": "it has the key policy and the state of its primary in us-east-1"}
}

test_fail_another_policy if {
	verdict := judged(replica("Enabled", "Enabled", false))
	verdict == {"status": "FAILED", "reason": "another key policy than its primary in us-east-1"}
}

test_fail_another_state if {
	verdict := judged(replica("Enabled", "Disabled", true))
	verdict.reason == "another state (Enabled, not Disabled) than its primary in us-east-1"
}

test_fail_primary_that_waits_to_be_deleted if {
	judged(replica("Enabled", "PendingReplicaDeletion", true)).status == "FAILED"
}

test_fail_both if {
	verdict := judged(replica("Disabled", "Enabled", false))
	verdict.reason == "another key policy and another state (Disabled, not Enabled) than its primary in us-east-1"
}

test_pass_state_that_is_passing if {
	judged(replica("Creating", "Enabled", true)).status == "PASSED"
	judged(replica("Enabled", "Updating", true)).status == "PASSED"
}

test_pass_key_that_is_no_replica if {
	judged({"key_manager": "CUSTOMER", "key_state": "Enabled", "primary": null}).status == "NOT_APPLICABLE"
}

test_pass_keys_of_aws_do_not_count if {
	judged({"key_manager": "AWS", "key_state": "Enabled", "primary": null}).status == "NOT_APPLICABLE"
}

test_unknown_primary_is_not_passed if {
	refused := {"primary": {"operation": "GetKeyPolicy", "code": "AccessDeniedException"}}
	judged({"key_manager": "CUSTOMER", "key_state": "Enabled", "unknown": refused}).status == "NOT_AVAILABLE"
}

test_absent_comparison_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "key_state": "Enabled", "primary": {}}).status == "NOT_AVAILABLE"
}

test_primary_of_unknown_state_is_not_passed if {
	judged(replica("Enabled", "Resting", true)).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

replica(own, primary, same_policy) := {"key_manager": "CUSTOMER", "key_state": own, "primary": {
	"arn": "arn:aws:kms:us-east-1:111122223333:key/mrk-1",
	"region": "us-east-1",
	"key_state": primary,
	"same_policy": same_policy,
}}

judged(observed) := verdict if {
	verdict := data.controls.kms.replica_follows_primary.verdict with input as observed
}
