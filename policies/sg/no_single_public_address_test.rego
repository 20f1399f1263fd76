package controls.sg.no_single_public_address_test

test_pass_private_addresses if {
	every cidr in ["10.1.2.3/32", "100.64.0.1/32", "192.168.1.1/32", "fd00::1/128"] {
		judged({"rules": [rule({"cidr": cidr})]}).status == "PASSED"
	}
}

test_pass_networks if {
	every cidr in ["8.8.8.0/24", "0.0.0.0/0", "2600:1f18::/32"] {
		judged({"rules": [rule({"cidr": cidr})]}).status == "PASSED"
	}
}

test_pass_outbound_does_not_count if {
	judged({"rules": [rule({"direction": "egress", "cidr": "8.8.8.8/32"})]}).status == "PASSED"
}

test_fail_one_address_of_each_family if {
	every cidr in ["8.8.8.8/32", "172.32.0.1/32", "2600:1f18::1/128"] {
		judged({"rules": [rule({"cidr": cidr})]}) == {"status": "FAILED", "reason": "rules that name one public address: sgr-1"}
	}
}

test_absent_rules_name_nothing if {
	judged({"rules": []}).status == "PASSED"
}

test_absent_cidr_names_nothing if {
	judged({"rules": [rule({"cidr": null, "prefix_list": "pl-1"})]}).status == "PASSED"
}

test_unknown_rules_are_not_passed if {
	judged({"group_id": "sg-1", "unknown": {"rules": {"operation": "DescribeSecurityGroupRules", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

rule(overrides) := object.union({
	"rule_id": "sgr-1",
	"direction": "ingress",
	"protocol": "tcp",
	"from_port": 443,
	"to_port": 443,
	"cidr": "10.1.0.0/16",
	"prefix_list": null,
	"group": null,
	"described": true,
}, overrides)

judged(observed) := verdict if {
	verdict := data.controls.sg.no_single_public_address.verdict with input as object.union(observed, analysed)
}

analysed := {"analysis": {"reach": {"ingress": {"world": []}}}}
