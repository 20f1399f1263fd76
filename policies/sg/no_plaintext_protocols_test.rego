package controls.sg.no_plaintext_protocols_test

test_pass_other_ports if {
	judged({"rules": [rule({}), rule({"from_port": 22, "to_port": 22})]}).status == "PASSED"
}

test_pass_over_udp if {
	judged({"rules": [rule({"protocol": "udp", "from_port": 21, "to_port": 21})]}).status == "PASSED"
}

test_fail_each_port_from_a_private_network if {
	every port in [21, 23] {
		judged({"rules": [rule({"from_port": port, "to_port": port})]}) == {"status": "FAILED", "reason": "rules that open FTP or Telnet: sgr-1"}
	}
}

test_fail_range_and_all_traffic if {
	judged({"rules": [rule({"from_port": 0, "to_port": 1024})]}).status == "FAILED"
	judged({"rules": [rule({"protocol": "-1", "cidr": null, "group": {"group_id": "sg-2"}})]}).status == "FAILED"
}

test_absent_rules_open_nothing if {
	judged({"rules": []}).status == "PASSED"
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
	verdict := data.controls.sg.no_plaintext_protocols.verdict with input as object.union(observed, analysed)
}

analysed := {"analysis": {"reach": {"ingress": {"world": []}}}}
