package controls.sg.default_group_has_no_rules_test

test_pass_no_rules if {
	judged(default_group([])).status == "PASSED"
}

test_pass_other_groups_do_not_count if {
	judged({"group_name": "web", "rules": [inbound]}).status == "NOT_APPLICABLE"
}

test_fail_counts_both_directions if {
	verdict := judged(default_group([inbound, outbound, outbound]))
	verdict == {"status": "FAILED", "reason": "1 inbound and 2 outbound rules"}
}

test_fail_is_low_in_an_empty_vpc if {
	verdict := judged(object.union(default_group([outbound]), {"vpc_network_interfaces": 0}))
	verdict.status == "FAILED"
	verdict.severity == "LOW"
}

test_absent_interfaces_of_the_vpc_lower_nothing if {
	verdict := judged(object.remove(default_group([outbound]), ["vpc_network_interfaces"]))
	verdict == {"status": "FAILED", "reason": "0 inbound and 1 outbound rules"}
}

test_unknown_rules_are_not_passed if {
	judged({"group_name": "default", "vpc_network_interfaces": 3}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

inbound := {"direction": "ingress", "protocol": "-1", "cidr": null, "group": {"group_id": "sg-1"}}

outbound := {"direction": "egress", "protocol": "-1", "cidr": "0.0.0.0/0"}

default_group(rules) := {"group_name": "default", "rules": rules, "vpc_network_interfaces": 3}

judged(observed) := verdict if {
	verdict := data.controls.sg.default_group_has_no_rules.verdict with input as observed
}
