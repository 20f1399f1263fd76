package controls.sg.in_use_test

test_pass_an_interface_carries_it if {
	verdict := judged(group({"network_interfaces": [{"id": "eni-1"}]}))
	verdict == {"status": "PASSED", "reason": "carried by eni-1"}
}

test_pass_another_group_names_it if {
	judged(group({"referenced_by": ["sg-1", "sg-2"]})).status == "PASSED"
}

test_pass_a_peer_names_it if {
	judged(group({"peering_references": [{"referencing_vpc_id": "vpc-2"}]})).status == "PASSED"
}

test_pass_the_default_group_does_not_count if {
	judged(group({"group_name": "default"})).status == "NOT_APPLICABLE"
}

test_fail_says_what_was_not_looked_at if {
	verdict := judged(group({}))
	verdict.status == "FAILED"
	contains(verdict.reason, "not looked at: launch templates")
}

test_fail_a_group_that_names_itself if {
	judged(group({"referenced_by": ["sg-1"]})).status == "FAILED"
}

test_absent_network_interfaces_prove_nothing if {
	judged(object.remove(group({}), ["network_interfaces"])).status == "NOT_AVAILABLE"
}

test_absent_referenced_by_prove_nothing if {
	judged(object.remove(group({}), ["referenced_by"])).status == "NOT_AVAILABLE"
}

test_absent_peering_references_prove_nothing if {
	judged(object.remove(group({}), ["peering_references"])).status == "NOT_AVAILABLE"
}

test_unknown_interfaces_are_not_passed if {
	judged({"group_name": "web", "group_id": "sg-1", "unknown": {"network_interfaces": {"operation": "DescribeNetworkInterfaces", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

group(fields) := object.union(
	{"group_id": "sg-1", "group_name": "web", "network_interfaces": [], "referenced_by": [], "peering_references": []},
	fields,
)

judged(observed) := verdict if {
	verdict := data.controls.sg.in_use.verdict with input as observed
}
