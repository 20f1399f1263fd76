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

test_pass_a_launch_template_names_it if {
	judged(group({"launch_templates": ["lt-1"]})) == {"status": "PASSED", "reason": "named by lt-1"}
}

test_fail_an_association_with_an_own_vpc_is_no_use if {
	judged(group({"vpc_associations": [{"vpc_id": "vpc-2", "vpc_owner": "111122223333"}]})).status == "FAILED"
}

test_unknown_use_in_a_vpc_of_another_account if {
	judged(group({"vpc_associations": [{"vpc_id": "vpc-2", "vpc_owner": "444455556666"}]})).status == "NOT_AVAILABLE"
}

test_absent_launch_templates_prove_nothing if {
	judged(object.remove(group({}), ["launch_templates"])).status == "NOT_AVAILABLE"
}

test_absent_associations_prove_nothing if {
	judged(object.remove(group({}), ["vpc_associations"])).status == "NOT_AVAILABLE"
}

test_pass_the_default_group_does_not_count if {
	judged(group({"group_name": "default"})).status == "NOT_APPLICABLE"
}

test_fail_says_what_was_not_looked_at if {
	verdict := judged(group({}))
	verdict.status == "FAILED"
	contains(verdict.reason, "not looked at: launch configurations")
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
	{
		"account": "111122223333",
		"group_id": "sg-1",
		"group_name": "web",
		"network_interfaces": [],
		"referenced_by": [],
		"peering_references": [],
		"vpc_associations": [],
		"launch_templates": [],
	},
	fields,
)

judged(observed) := verdict if {
	verdict := data.controls.sg.in_use.verdict with input as observed
}
