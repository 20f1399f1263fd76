package controls.kms.required_tags_test

test_pass_tagged if {
	judged_with({"key_manager": "CUSTOMER", "tags": {"owner": "data"}}).status == "PASSED"
}

test_pass_keys_of_aws_do_not_count if {
	judged_with({"key_manager": "AWS", "tags": {}}).status == "NOT_APPLICABLE"
}

test_fail_names_the_key_and_not_the_value if {
	judged_with({"key_manager": "CUSTOMER", "tags": {"stage": "prod"}}) == {"status": "FAILED", "reason": "missing: owner"}
}

test_fail_an_empty_value if {
	judged_with({"key_manager": "CUSTOMER", "tags": {"owner": ""}}).status == "FAILED"
}

test_absent_requirement_asks_nothing if {
	verdict := data.controls.kms.required_tags.verdict with input as {"key_manager": "CUSTOMER", "tags": {}}
		with data.parameters.required_tags as []
	verdict.status == "NOT_APPLICABLE"
}

test_unknown_tags_are_not_passed if {
	judged_with({"key_manager": "CUSTOMER"}).status == "NOT_AVAILABLE"
}

judged_with(observed) := verdict if {
	verdict := data.controls.kms.required_tags.verdict with input as observed with data.parameters.required_tags as ["owner"]
}

test_empty_input_is_not_passed if {
	judged_with({}).status == "NOT_AVAILABLE"
}
