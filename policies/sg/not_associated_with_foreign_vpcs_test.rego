package controls.sg.not_associated_with_foreign_vpcs_test

test_pass_a_vpc_of_the_account if {
	judged({"account": "111122223333", "vpc_associations": [with_owner("111122223333")]}).status == "PASSED"
}

test_fail_a_stranger if {
	verdict := judged({"account": "111122223333", "vpc_associations": [with_owner("444455556666")]})
	verdict == {"status": "FAILED", "severity": "MEDIUM", "reason": "associated with vpc-2 of 444455556666"}
}

test_fail_a_member_with_less_severity if {
	verdict := data.controls.sg.not_associated_with_foreign_vpcs.verdict with input as {"account": "111122223333", "vpc_associations": [with_owner("444455556666")]} with data.parameters.organization_accounts as ["444455556666"]
	verdict == {"status": "FAILED", "reason": "associated with vpc-2 of 444455556666"}
}

test_absent_associations if {
	judged({"account": "111122223333", "vpc_associations": []}).status == "PASSED"
}

test_unknown_owner_is_not_passed if {
	judged({"account": "111122223333", "vpc_associations": [with_owner(null)]}).status == "NOT_AVAILABLE"
}

test_unknown_associations_are_not_passed if {
	judged({"account": "111122223333", "unknown": {"vpc_associations": {"operation": "DescribeSecurityGroupVpcAssociations", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

with_owner(owner) := {"vpc_id": "vpc-2", "vpc_owner": owner, "state": "associated"}

judged(observed) := verdict if {
	verdict := data.controls.sg.not_associated_with_foreign_vpcs.verdict with input as observed
}
