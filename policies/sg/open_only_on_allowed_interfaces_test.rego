package controls.sg.open_only_on_allowed_interfaces_test

test_pass_a_load_balancer if {
	judged(object.union(reached([opening]), {"network_interfaces": [{"id": "eni-1", "interface_type": "load_balancer"}]})).status == "PASSED"
}

test_fail_another_interface if {
	verdict := judged(reached([opening]))
	verdict == {"status": "FAILED", "severity": "HIGH", "reason": "open to the whole internet: tcp 443 from all of IPv4 (sgr-1); reached"}
}

test_fail_nothing_carries_it_with_less_severity if {
	verdict := judged(object.union(reached([object.union(opening, {"exposure": "unattached"})]), {"network_interfaces": []}))
	verdict.severity == "LOW"
}

test_pass_nothing_is_open if {
	judged(reached([])).status == "PASSED"
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

reached(openings) := {"network_interfaces": [{"id": "eni-1", "interface_type": "interface"}], "analysis": {"reach": {"ingress": {"world": openings, "unresolved": []}}}}

opening := {"family": "ipv4", "protocol": "tcp", "from_port": 443, "to_port": 443, "split": false, "rules": ["sgr-1"], "rule_count": 1, "via_prefix_list": [], "exposure": "reachable"}

judged(observed) := verdict if {
	verdict := data.controls.sg.open_only_on_allowed_interfaces.verdict with input as observed
}
