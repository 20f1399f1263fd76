package controls.sg.no_wide_ranges_test

test_pass_the_whole_internet_in_one_piece_is_for_other_controls if {
	judged(reached({"world": [opening(false)]}, {"world": [opening(false)]})).status == "PASSED"
}

test_fail_two_halves if {
	verdict := judged(reached(halves, {}))
	verdict == {
		"status": "FAILED",
		"severity": "HIGH",
		"reason": "open to the whole internet: tcp 443 from all of IPv4 in narrower ranges (sgr-1, sgr-2); whether an interface is reached is unknown",
	}
}

test_fail_a_wide_range_by_its_share if {
	judged(reached(wide(4531), {})).severity == "HIGH"
	verdict := judged(reached(wide(566), {}))
	verdict == {"status": "FAILED", "severity": "MEDIUM", "reason": "inbound: tcp 443 from 52.0.0.0/11 (sgr-1); whether an interface is reached is unknown"}
}

test_fail_outbound_is_low if {
	judged(reached({}, halves)).severity == "LOW"
	verdict := judged(reached({}, wide(566)))
	verdict == {"status": "FAILED", "severity": "LOW", "reason": "outbound: tcp 443 to 52.0.0.0/11 (sgr-1)"}
}

test_absent_rules_name_nothing if {
	judged(reached({}, {})).status == "PASSED"
}

test_unknown_sources_are_not_passed if {
	judged(reached({"unresolved": [{"cause": "it names no source", "rule": "sgr-9"}]}, {})).status == "NOT_AVAILABLE"
}

test_unknown_destinations_are_not_passed if {
	verdict := judged(reached({}, {"unresolved": [{"cause": "the entries of `pl-9` were not read", "rule": "sgr-9"}]}))
	verdict == {"status": "NOT_AVAILABLE", "reason": "the entries of `pl-9` were not read (sgr-9)"}
}

test_unknown_rules_are_not_passed if {
	judged({"group_name": "web", "unknown": {"rules": {"operation": "DescribeSecurityGroupRules", "code": "UnauthorizedOperation"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

reached(ingress, egress) := {"group_name": "web", "analysis": {"reach": {
	"ingress": object.union({"world": [], "wide": [], "unresolved": []}, ingress),
	"egress": object.union({"world": [], "wide": [], "unresolved": []}, egress),
}}}

halves := {"world": [opening(true)]}

opening(split) := {
	"family": "ipv4",
	"protocol": "tcp",
	"from_port": 443,
	"to_port": 443,
	"split": split,
	"rules": ["sgr-1", "sgr-2"],
	"rule_count": 2,
	"via_prefix_list": [],
}

wide(share_ppm) := {"wide": [{
	"family": "ipv4",
	"protocol": "tcp",
	"from_port": 443,
	"to_port": 443,
	"ranges": {"cidrs": ["52.0.0.0/11"], "cidr_count": 1, "prefix_length": 11, "share_ppm": share_ppm},
	"rules": ["sgr-1"],
	"rule_count": 1,
}]}

judged(observed) := verdict if {
	verdict := data.controls.sg.no_wide_ranges.verdict with input as observed
}
