package controls.s3_access_point.vpc_only_test

test_pass_vpc if {
	judged({"network_origin": "VPC"}).status == "PASSED"
}

test_fail_internet if {
	judged({"network_origin": "Internet"}).status == "FAILED"
}

test_absent_origin_is_not_passed if {
	judged({"network_origin": null}).status == "NOT_AVAILABLE"
}

test_unknown_origin_is_not_passed if {
	judged({"network_origin": "Moon"}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3_access_point.vpc_only.verdict with input as observed
}
