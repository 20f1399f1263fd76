package controls.sg.no_prefix_list_open_to_world_test

test_pass_narrow_lists if {
	verdict := judged(reached([list({})], []))
	verdict == {"status": "PASSED", "reason": "1 prefix lists named, none of them open"}
}

test_pass_a_wide_list_of_aws if {
	judged(reached([list({"owner": "AWS", "aws_managed": true, "wide": wide})], [])).status == "PASSED"
}

test_fail_the_world_in_a_list if {
	verdict := judged(reached([list({"world": ["ipv4"]})], []))
	verdict == {"status": "FAILED", "severity": "HIGH", "reason": "the whole internet is in pl-1 of 111122223333 (sgr-1); whether an interface is reached is unknown"}
}

test_fail_the_world_in_a_list_of_aws if {
	judged(reached([list({"owner": "AWS", "aws_managed": true, "world": ["ipv6"]})], [])).status == "FAILED"
}

test_fail_wide_ranges_in_a_list if {
	verdict := judged(reached([list({"owner": null, "wide": wide})], []))
	verdict == {"status": "FAILED", "severity": "MEDIUM", "reason": "wide public ranges are in pl-1 (sgr-1); whether an interface is reached is unknown"}
}

test_absent_lists_are_not_open if {
	judged(reached([], [])).status == "PASSED"
}

test_unknown_list_is_in_doubt if {
	judged(reached([list({})], [{"rule": "sgr-9", "prefix_list": "pl-9", "cause": "the entries of `pl-9` were not read"}])).status == "NOT_AVAILABLE"
}

test_unknown_sources_of_other_rules_do_not_matter if {
	judged(reached([], [{"rule": "sgr-9", "prefix_list": null, "cause": "it names no source"}])).status == "PASSED"
}

test_unknown_rules_are_not_passed if {
	judged({"group_name": "web", "unknown": {"rules": {"operation": "DescribeSecurityGroupRules", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

reached(lists, unresolved) := {"analysis": {"reach": {
	"ingress": {"world": [], "wide": [], "prefix_lists": lists, "unresolved": unresolved},
	"egress": {"world": [], "wide": [], "prefix_lists": [], "unresolved": []},
}}}

wide := [{"cidrs": ["52.0.0.0/11"], "cidr_count": 1, "prefix_length": 11, "share_ppm": 566}]

list(fields) := object.union(
	{
		"id": "pl-1",
		"name": "offices",
		"owner": "111122223333",
		"aws_managed": false,
		"world": [],
		"wide": [],
		"rules": ["sgr-1"],
		"rule_count": 1,
	},
	fields,
)

judged(observed) := verdict if {
	verdict := data.controls.sg.no_prefix_list_open_to_world.verdict with input as observed
}
