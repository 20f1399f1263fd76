package controls.sg.no_foreign_groups_test

test_pass_own_groups if {
	judged(naming("111122223333", null)).status == "PASSED"
}

test_pass_a_member_of_the_organization if {
	verdict := data.controls.sg.no_foreign_groups.verdict with input as naming("444455556666", "active") with data.parameters.organization_accounts as ["444455556666"]
	verdict.status == "PASSED"
}

test_fail_a_stranger if {
	judged(naming("444455556666", "active")) == {"status": "FAILED", "reason": "groups of others: sg-2 of 444455556666"}
}

test_absent_rules if {
	judged({"account": "111122223333", "rules": []}).status == "PASSED"
}

test_unknown_owner_of_a_peer_is_not_passed if {
	judged(naming(null, "active")).status == "NOT_AVAILABLE"
}

test_unknown_rules_are_not_passed if {
	judged({"account": "111122223333", "unknown": {"rules": {"operation": "DescribeSecurityGroupRules", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

naming(owner, status) := {
	"account": "111122223333",
	"rules": [{"direction": "ingress", "group": {"group_id": "sg-2", "account": owner, "peering_status": status}}],
}

judged(observed) := verdict if {
	verdict := data.controls.sg.no_foreign_groups.verdict with input as observed
}
