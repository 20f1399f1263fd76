package controls.s3.name_without_dots_test

test_pass_a_label if {
	judged({"name": "logs-eu"}).status == "PASSED"
}

test_fail_a_dot if {
	judged({"name": "logs.example.com"}) == {"status": "FAILED", "reason": "there is a dot in the name"}
}

test_fail_an_old_name if {
	judged({"name": "Old_Logs"}).status == "FAILED"
}

test_absent_name_is_not_passed if {
	judged({"name": null}).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	judged({"unknown": {"name": {"operation": "ListBuckets", "code": "AccessDenied"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.name_without_dots.verdict with input as observed
}
