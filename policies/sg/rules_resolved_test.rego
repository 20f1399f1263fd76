package controls.sg.rules_resolved_test

test_pass_all_known if {
	judged(reached([], [])).status == "PASSED"
}

test_fail_inbound_and_outbound if {
	judged(reached([doubt], [])) == {"status": "FAILED", "reason": "the entries of `pl-9` were not read (sgr-9)"}
	judged(reached([], [doubt])).status == "FAILED"
}

test_absent_rules_hide_nothing if {
	judged(reached([], [])).status == "PASSED"
}

test_unknown_rules_are_not_passed if {
	judged({"unknown": {"rules": {"operation": "DescribeSecurityGroupRules", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

doubt := {"rule": "sgr-9", "cause": "the entries of `pl-9` were not read"}

reached(inbound, outbound) := {"analysis": {"reach": {
	"ingress": {"world": [], "unresolved": inbound},
	"egress": {"unresolved": outbound},
}}}

judged(observed) := verdict if {
	verdict := data.controls.sg.rules_resolved.verdict with input as observed
}
