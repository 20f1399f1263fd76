package controls.sg.public_interfaces_open_authorised_ports_test

test_pass_an_authorised_port if {
	judged(on("load_balancer", [opening])).status == "PASSED"
}

test_pass_other_interfaces_do_not_count if {
	judged(on("interface", [object.union(opening, {"from_port": 22})])).status == "NOT_APPLICABLE"
}

test_fail_another_port if {
	verdict := judged(on("load_balancer", [object.union(opening, {"from_port": 22})]))
	verdict == {"status": "FAILED", "reason": "tcp 22-443 from all of IPv4 (sgr-1) on eni-1"}
}

test_absent_rules_open_nothing if {
	judged(reached([])).status != "FAILED"
}

test_unknown_rules_are_not_passed if {
	judged({"group_name": "web", "unknown": {"rules": {"operation": "DescribeSecurityGroupRules", "code": "UnauthorizedOperation"}}}).status != "PASSED"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

on(kind, openings) := object.union(reached(openings), {"network_interfaces": [{"id": "eni-1", "interface_type": kind}]})

reached(openings) := {"network_interfaces": [{"id": "eni-1", "interface_type": "interface"}], "analysis": {"reach": {"ingress": {"world": openings, "unresolved": []}}}}

opening := {"family": "ipv4", "protocol": "tcp", "from_port": 443, "to_port": 443, "split": false, "rules": ["sgr-1"], "rule_count": 1, "via_prefix_list": [], "exposure": "reachable"}

judged(observed) := verdict if {
	verdict := data.controls.sg.public_interfaces_open_authorised_ports.verdict with input as observed
}
