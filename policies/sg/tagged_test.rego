package controls.sg.tagged_test

test_pass_any_tag if {
	judged({"tags": {"owner": "web"}}).status == "PASSED"
}

test_pass_required_tag if {
	requiring({"tags": {"owner": ""}}, ["owner"]).status == "PASSED"
}

test_fail_required_tag_is_missing_and_no_value_is_told if {
	requiring({"tags": {"stage": "secret"}}, ["owner"]) == {"status": "FAILED", "reason": "without owner"}
}

test_fail_tags_of_aws_do_not_count if {
	judged({"tags": {"aws:cloudformation:stack-name": "web"}}).status == "FAILED"
}

test_absent_tags if {
	judged({"tags": {}}) == {"status": "FAILED", "reason": "without any tag"}
}

test_unknown_tags_are_not_passed if {
	judged({"unknown": {"tags": {"operation": "DescribeSecurityGroups", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

requiring(observed, keys) := verdict if {
	verdict := data.controls.sg.tagged.verdict with input as observed with data.parameters.required_tags as keys
}

judged(observed) := verdict if {
	verdict := data.controls.sg.tagged.verdict with input as observed
}
