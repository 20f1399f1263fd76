package controls.s3.in_an_allowed_region_test

test_pass_allowed if {
	judged({"region": "eu-west-1"}).status == "PASSED" with data.parameters.allowed_regions as ["eu-west-1"]
}

test_fail_elsewhere if {
	judged({"region": "us-west-2"}).status == "FAILED" with data.parameters.allowed_regions as ["eu-west-1"]
}

test_absent_parameter_does_not_apply if {
	judged({"region": "us-west-2"}).status == "NOT_APPLICABLE" with data.parameters.allowed_regions as []
}

test_unknown_is_not_passed if {
	judged({"region": null}).status == "NOT_AVAILABLE" with data.parameters.allowed_regions as ["eu-west-1"]
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE" with data.parameters.allowed_regions as ["eu-west-1"]
}

judged(observed) := verdict if {
	verdict := data.controls.s3.in_an_allowed_region.verdict with input as observed
}
