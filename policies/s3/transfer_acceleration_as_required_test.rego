package controls.s3.transfer_acceleration_as_required_test

test_pass_off_as_required if {
	judged({"transfer_acceleration": "Suspended"}).status == "PASSED" with data.parameters.transfer_acceleration as false
}

test_fail_on if {
	judged({"transfer_acceleration": "Enabled"}).status == "FAILED" with data.parameters.transfer_acceleration as false
}

test_fail_off if {
	judged({"transfer_acceleration": null}).status == "FAILED" with data.parameters.transfer_acceleration as true
}

test_absent_configuration_is_off if {
	judged({"transfer_acceleration": null}).status == "PASSED" with data.parameters.transfer_acceleration as false
}

test_absent_parameter_does_not_apply if {
	judged({"transfer_acceleration": "Enabled"}).status == "NOT_APPLICABLE" with data.parameters.transfer_acceleration as null
}

test_unknown_is_not_passed if {
	judged({"unknown": {"transfer_acceleration": {"operation": "GetBucketAccelerateConfiguration", "code": "AccessDenied"}}}).status == "NOT_AVAILABLE" with data.parameters.transfer_acceleration as false
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE" with data.parameters.transfer_acceleration as true
}

judged(observed) := verdict if {
	verdict := data.controls.s3.transfer_acceleration_as_required.verdict with input as observed
}
