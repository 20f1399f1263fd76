package controls.kms.is_used_test

key := {
	"key_manager": "CUSTOMER",
	"key_state": "Enabled",
	"creation_date": "2020-01-01T00:00:00Z",
	"last_usage": {"last_used_at": "2026-11-19T00:00:00Z", "recorded_since": "2026-03-01T00:00:00Z"},
	"observed_at": "2026-11-20T00:00:00Z",
}

never(since) := object.union(key, {"last_usage": {"last_used_at": null, "recorded_since": since}})

test_pass_used_yesterday if {
	judged(key) == {"status": "PASSED", "reason": "used on 2026-11-19T00:00:00Z"}
}

test_pass_a_new_key_need_not_be_used_yet if {
	judged(object.union(never("2026-11-01T00:00:00Z"), {"creation_date": "2026-11-01T00:00:00Z"})).status == "PASSED"
}

test_fail_used_long_ago if {
	verdict := judged(object.union(key, {"last_usage": {"last_used_at": "2026-04-01T00:00:00Z"}}))
	verdict == {"status": "FAILED", "reason": "used on 2026-04-01T00:00:00Z, and not for 90 days since"}
}

test_fail_never_used_since_it_is_recorded if {
	judged(never("2026-03-01T00:00:00Z")).status == "FAILED"
}

test_absent_record_is_too_short_to_tell if {
	judged(never("2026-11-01T00:00:00Z")).status == "NOT_AVAILABLE"
	judged(object.union(key, {"last_usage": null})).status == "NOT_AVAILABLE"
}

test_other_states_and_keys_of_aws_are_left if {
	judged(object.union(key, {"key_state": "Disabled"})).status == "NOT_APPLICABLE"
	judged(object.union(key, {"key_manager": "AWS"})).status == "NOT_APPLICABLE"
}

test_nonsense_is_not_passed if {
	every field in ["creation_date", "last_usage", "observed_at", "key_state", "key_manager"] {
		every nonsense in [7, "?", []] {
			judged(object.union(key, {field: nonsense})).status != "PASSED"
		}
	}
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetKeyLastUsage", "code": "AccessDeniedException"}
	judged(object.union(object.remove(key, ["last_usage"]), {"unknown": {"last_usage": refused}})).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.is_used.verdict with input as observed
		with data.parameters.max_unused_key_days as 90
}
