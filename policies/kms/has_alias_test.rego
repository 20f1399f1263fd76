package controls.kms.has_alias_test

test_pass_named if {
	judged({"key_manager": "CUSTOMER", "aliases": ["alias/app"]}).status == "PASSED"
}

test_pass_keys_of_aws_do_not_count if {
	judged({"key_manager": "AWS", "aliases": []}).status == "NOT_APPLICABLE"
}

test_fail_unnamed if {
	judged({"key_manager": "CUSTOMER", "aliases": []}).status == "FAILED"
}

test_absent_list_is_not_passed if {
	judged({"key_manager": "CUSTOMER", "aliases": null}).status == "NOT_AVAILABLE"
}

test_unknown_aliases_are_not_passed if {
	judged({"key_manager": "CUSTOMER", "unknown": {"aliases": {"operation": "ListAliases", "code": "AccessDeniedException"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.kms.has_alias.verdict with input as observed
}
