package controls.sg.not_reached_from_internet_test

test_pass_no_way if {
	judged(reached([with_exposure("unreachable"), with_exposure("unattached")])).status == "PASSED"
}

test_fail_an_authorised_port if {
	verdict := judged(reached([opening]))
	verdict == {"status": "FAILED", "severity": "MEDIUM", "reason": "tcp 443 from all of IPv4 (sgr-1); reached"}
}

test_fail_another_port_is_critical if {
	judged(reached([object.union(opening, {"from_port": 22})])).severity == "CRITICAL"
}

test_fail_where_it_is_expected_with_less_severity if {
	judged(reached([with_exposure("expected")])).severity == "INFORMATIONAL"
}

test_unknown_way_is_not_passed if {
	judged(reached([with_exposure("unknown")])).status == "NOT_AVAILABLE"
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

with_exposure(exposure) := object.union(opening, {"exposure": exposure})

reached(openings) := {"network_interfaces": [{"id": "eni-1"}], "analysis": {"reach": {"ingress": {"world": openings, "unresolved": []}}}}

opening := {"family": "ipv4", "protocol": "tcp", "from_port": 443, "to_port": 443, "split": false, "rules": ["sgr-1"], "rule_count": 1, "via_prefix_list": [], "exposure": "reachable"}

judged(observed) := verdict if {
	verdict := data.controls.sg.not_reached_from_internet.verdict with input as observed
}
