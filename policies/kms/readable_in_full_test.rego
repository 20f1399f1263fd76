package controls.kms.readable_in_full_test

test_pass_nothing_refused if {
	judged({"unknown": {}}).status == "PASSED"
}

test_pass_a_malformed_policy_was_read if {
	judged({"unknown": {"key_policy": {"operation": "GetKeyPolicy", "code": "MalformedPolicy"}}}).status == "PASSED"
}

test_fail_denied if {
	judged({"unknown": {"key_policy": {"operation": "GetKeyPolicy", "code": "AccessDeniedException"}, "tags": {"operation": "ListResourceTags", "code": "ThrottlingException"}}}) == {"status": "FAILED", "reason": "denied: GetKeyPolicy"}
}

test_absent_answers_are_told_once if {
	judged({"unknown": {"key_state": {"operation": "DescribeKey", "code": "AccessDeniedException"}, "origin": {"operation": "DescribeKey", "code": "AccessDeniedException"}}}).reason == "denied: DescribeKey"
}

test_unknown_for_another_reason_is_not_available if {
	judged({"unknown": {"tags": {"operation": "ListResourceTags", "code": "ThrottlingException"}}}) == {"status": "NOT_AVAILABLE", "reason": "ListResourceTags answered ThrottlingException"}
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.readable_in_full.verdict with input as observed
}
