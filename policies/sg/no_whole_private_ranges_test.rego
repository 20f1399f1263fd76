package controls.sg.no_whole_private_ranges_test

test_pass_network_within if {
	judged(group([rule({})], {}, [])).status == "PASSED"
}

test_pass_outbound_does_not_count if {
	judged(group([rule({"direction": "egress", "cidr": "10.0.0.0/8"})], {}, [])).status == "PASSED"
}

test_fail_each_range if {
	every cidr in ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] {
		judged(group([rule({"cidr": cidr})], {}, [])) == {"status": "FAILED", "reason": "rules that name a whole private range: sgr-1"}
	}
}

test_fail_range_in_a_prefix_list if {
	judged(group([rule({"cidr": null, "prefix_list": "pl-1"})], {"pl-1": {"cidrs": ["10.0.0.0/8"]}}, [])).status == "FAILED"
}

test_absent_rules_name_nothing if {
	judged(group([], {}, [])).status == "PASSED"
}

test_unknown_prefix_list_is_in_doubt if {
	unresolved := {"rule": "sgr-1", "prefix_list": "pl-9", "cause": "the entries of `pl-9` were not read"}
	verdict := judged(group([rule({"cidr": null, "prefix_list": "pl-9"})], {}, [unresolved]))
	verdict == {"status": "NOT_AVAILABLE", "reason": "the entries of `pl-9` were not read (sgr-1)"}
}

test_unknown_rules_are_not_passed if {
	judged({"group_id": "sg-1", "unknown": {"rules": {"operation": "DescribeSecurityGroupRules", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

group(rules, lists, unresolved) := {
	"rules": rules,
	"prefix_lists": lists,
	"analysis": {"reach": {"ingress": {"world": [], "unresolved": unresolved}}},
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
	verdict := data.controls.sg.no_whole_private_ranges.verdict with input as observed
}
