package controls.sg.no_stale_rules_test

test_pass_none if {
	judged({"stale_rules": []}).status == "PASSED"
}

test_fail_one if {
	verdict := judged({"stale_rules": [{"direction": "ingress", "protocol": "tcp", "groups": ["sg-2"]}]})
	verdict == {"status": "FAILED", "reason": "stale: ingress tcp naming sg-2"}
}

test_absent_rules_are_not_available if {
	judged({}).status == "NOT_AVAILABLE"
}

test_unknown_rules_are_not_passed if {
	judged({"unknown": {"stale_rules": {"operation": "DescribeStaleSecurityGroups", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.sg.no_stale_rules.verdict with input as object.union({"group_id": "sg-1"}, observed)
}
