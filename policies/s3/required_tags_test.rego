package controls.s3.required_tags_test

test_pass_tagged if {
	judged({"tags": {"owner": "me", "x": "y"}}) == {"status": "PASSED", "reason": "has owner"} with data.parameters.required_tags as ["owner"]
}

test_fail_untagged if {
	judged({"tags": {"x": "y"}}) == {"status": "FAILED", "reason": "missing: owner"} with data.parameters.required_tags as ["owner"]
}

test_fail_an_empty_value if {
	judged({"tags": {"owner": ""}}).status == "FAILED" with data.parameters.required_tags as ["owner"]
}

test_absent_tags_fail if {
	judged({"tags": {}}).status == "FAILED" with data.parameters.required_tags as ["owner"]
}

test_absent_parameter_does_not_apply if {
	judged({"tags": {}}).status == "NOT_APPLICABLE" with data.parameters.required_tags as []
}

test_unknown_is_not_passed if {
	judged({"unknown": {"tags": {"operation": "GetBucketTagging", "code": "AccessDenied"}}}).status == "NOT_AVAILABLE" with data.parameters.required_tags as ["owner"]
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE" with data.parameters.required_tags as ["owner"]
}

judged(observed) := verdict if {
	verdict := data.controls.s3.required_tags.verdict with input as observed
}
