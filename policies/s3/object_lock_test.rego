package controls.s3.object_lock_test

test_pass_enabled if {
	judged({"object_lock": {"enabled": true, "mode": "GOVERNANCE", "days": 30}}).status == "PASSED"
}

test_fail_disabled if {
	judged({"object_lock": {"enabled": false, "mode": null, "days": null}}).status == "FAILED"
}

test_absent_fails if {
	judged({"object_lock": null}).status == "FAILED"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetObjectLockConfiguration", "code": "AccessDenied"}
	judged({"unknown": {"object_lock": refused}}).status != "PASSED"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.object_lock.verdict with input as observed
}
