package controls.sg.no_unknown_public_networks_test

test_pass_all_known if {
	judged(with_networks([])).status == "PASSED"
}

test_pass_nothing_to_compare_with if {
	verdict := data.controls.sg.no_unknown_public_networks.verdict with input as with_networks([network]) with data.parameters.known_public_cidrs as []
	verdict.status == "NOT_APPLICABLE"
}

test_fail_an_unknown_network if {
	judged(with_networks([network])) == {"status": "FAILED", "reason": "unknown: 198.51.99.0/24 (sgr-1)"}
}

test_absent_analysis_is_not_passed if {
	judged({"analysis": {}}).status == "NOT_AVAILABLE"
}

test_unknown_addresses_are_not_passed if {
	judged({"unknown": {"elastic_ips": {"operation": "DescribeAddresses", "code": "UnauthorizedOperation"}}, "analysis": {"unknown_networks": null}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

network := {"cidr": "198.51.99.0/24", "rules": ["sgr-1"], "rule_count": 1}

with_networks(networks) := {"analysis": {"unknown_networks": {"networks": networks, "count": count(networks)}}}

judged(observed) := verdict if {
	verdict := data.controls.sg.no_unknown_public_networks.verdict with input as observed with data.parameters.known_public_cidrs as ["203.0.113.0/24"]
}
