package controls.sg.default_group_not_used_test

test_pass_nothing_carries_it if {
	judged({"group_name": "default", "network_interfaces": []}).status == "PASSED"
}

test_pass_another_group_does_not_count if {
	judged({"group_name": "web", "network_interfaces": [{"id": "eni-1"}]}).status == "NOT_APPLICABLE"
}

test_fail_an_interface_carries_it if {
	judged({"group_name": "default", "network_interfaces": [{"id": "eni-1"}]}) == {"status": "FAILED", "reason": "carried by eni-1"}
}

test_absent_interfaces_prove_nothing if {
	judged({"group_name": "default"}).status == "NOT_AVAILABLE"
}

test_unknown_interfaces_are_not_passed if {
	judged({"group_name": "default", "unknown": {"network_interfaces": {"operation": "DescribeNetworkInterfaces", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.sg.default_group_not_used.verdict with input as observed
}
