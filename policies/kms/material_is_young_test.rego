package controls.kms.material_is_young_test

key := {"key_manager": "CUSTOMER", "key_state": "Enabled", "creation_date": "2020-01-01T00:00:00Z", "last_rotation_date": "2026-02-01T00:00:00Z", "observed_at": "2026-11-20T00:00:00Z"}

test_pass_rotated if {
	judged(key) == {"status": "PASSED", "reason": "the key was last rotated on 2026-02-01T00:00:00Z"}
}

test_fail_rotated_long_ago if {
	verdict := judged(object.union(key, {"last_rotation_date": "2024-02-01T00:00:00Z"}))
	verdict == {"status": "FAILED", "reason": "the key was last rotated on 2024-02-01T00:00:00Z, more than 400 days ago"}
}

test_absent_rotation_counts_from_the_making if {
	judged(object.union(key, {"last_rotation_date": null})).status == "FAILED"
	judged(object.union(key, {"last_rotation_date": null, "creation_date": "2026-10-01T00:00:00Z"})).status == "PASSED"
}

test_as_many_days_as_the_operator_says if {
	verdict := data.controls.kms.material_is_young.verdict with input as key
		with data.parameters.max_key_material_age_days as 30
	verdict.status == "FAILED"
}

test_doomed_keys_and_those_of_aws_are_left if {
	judged(object.union(key, {"key_state": "PendingDeletion"})).status == "NOT_APPLICABLE"
	judged(object.union(key, {"key_manager": "AWS"})).status == "NOT_APPLICABLE"
}

test_nonsense_is_not_passed if {
	every field in ["creation_date", "last_rotation_date", "observed_at", "key_state", "key_manager"] {
		every nonsense in [7, "?", {}] {
			judged(object.union(key, {field: nonsense})).status != "PASSED"
		}
	}
}

test_unknown_is_not_passed if {
	refused := {"operation": "ListKeyRotations", "code": "AccessDeniedException"}
	judged(object.union(object.remove(key, ["last_rotation_date"]), {"unknown": {"last_rotation_date": refused}})).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.material_is_young.verdict with input as observed
		with data.parameters.max_key_material_age_days as 400
}
