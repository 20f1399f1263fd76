package controls.sg.no_foreign_prefix_lists_test

test_pass_own_lists_and_those_of_aws if {
	judged(reached(["111122223333", "AWS"], [])).status == "PASSED"
}

test_pass_a_trusted_owner if {
	verdict := data.controls.sg.no_foreign_prefix_lists.verdict with input as reached(["444455556666"], []) with data.parameters.trusted_accounts as ["444455556666"]
	verdict.status == "PASSED"
}

test_fail_a_stranger if {
	judged(reached(["444455556666"], ["pl-9"])) == {"status": "FAILED", "reason": "lists of others: pl-1 of 444455556666"}
}

test_absent_lists if {
	judged(reached([], [])).status == "PASSED"
}

test_unknown_owner_is_not_passed if {
	judged(reached([null], [])).status == "NOT_AVAILABLE"
}

test_unknown_list_is_not_passed if {
	judged(reached([], ["pl-9"])) == {"status": "NOT_AVAILABLE", "reason": "the owners of pl-9 were not read"}
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

reached(owners, unresolved) := {"account": "111122223333", "analysis": {"reach": {
	"ingress": {"world": [], "prefix_lists": [list | some owner in owners; list := {"id": "pl-1", "owner": owner}]},
	"egress": {"prefix_lists": []},
	"unresolved_prefix_lists": unresolved,
}}}

judged(observed) := verdict if {
	verdict := data.controls.sg.no_foreign_prefix_lists.verdict with input as observed
}
