package lib.ports_test

ldap := {"tcp": {389, 636}, "udp": {389}}

test_pass_names_what_is_closed if {
	judged(reached([], []), ldap) == {"status": "PASSED", "reason": "closed to the whole internet: tcp 389, 636 and udp 389"}
}

test_pass_port_of_another_protocol if {
	judged(reached([opening("ipv4", "udp", 636, 636)], []), ldap).status == "PASSED"
}

test_pass_protocols_without_ports if {
	judged(reached([opening("ipv4", "47", null, null), opening("ipv4", "icmp", null, null)], []), ldap).status == "PASSED"
}

test_fail_keeps_the_severity_of_the_control if {
	judged(reached([opening("ipv4", "tcp", 636, 636)], []), ldap) == {
		"status": "FAILED",
		"severity": "HIGH",
		"reason": "open to the whole internet: tcp 636 from all of IPv4 (sgr-1); whether an interface is reached is unknown",
	}
}

test_fail_range_of_ipv6 if {
	verdict := judged(reached([opening("ipv6", "udp", 0, 65535)], []), ldap)
	verdict.reason == "open to the whole internet: udp 0-65535 from all of IPv6 (sgr-1); whether an interface is reached is unknown"
}

test_fail_all_protocols_is_named_once if {
	verdict := judged(reached([opening("ipv4", "all", 0, 65535)], []), ldap)
	verdict.reason == "open to the whole internet: all traffic from all of IPv4 (sgr-1); whether an interface is reached is unknown"
}

test_fail_split_ranges_and_prefix_list if {
	piece := object.union(opening("ipv4", "tcp", 389, 389), {
		"split": true,
		"rules": ["sgr-1", "sgr-2"],
		"rule_count": 2,
		"via_prefix_list": ["pl-1"],
	})
	verdict := judged(reached([piece], []), ldap)
	verdict.status == "FAILED"
	contains(verdict.reason, "tcp 389 from all of IPv4 in narrower ranges through pl-1 (sgr-1, sgr-2)")
}

test_fail_beats_doubt if {
	judged(reached([opening("ipv4", "tcp", 389, 389)], [doubt("tcp", 389, 389)]), ldap).status == "FAILED"
}

test_unknown_prefix_list_is_in_doubt if {
	verdict := judged(reached([], [doubt("udp", 0, 8192)]), ldap)
	verdict == {"status": "NOT_AVAILABLE", "reason": "the entries of `pl-9` were not read (sgr-9)"}
}

test_unknown_prefix_list_of_another_port_does_not_matter if {
	judged(reached([], [doubt("udp", 636, 636)]), ldap).status == "PASSED"
}

test_empty_input_is_not_passed if {
	judged({}, ldap).status == "NOT_AVAILABLE"
}

reached(openings, unresolved) := {"analysis": {"reach": {"ingress": {"world": openings, "unresolved": unresolved}}}}

opening(family, protocol, from_port, to_port) := {
	"family": family,
	"protocol": protocol,
	"from_port": from_port,
	"to_port": to_port,
	"split": false,
	"rules": ["sgr-1"],
	"rule_count": 1,
	"via_prefix_list": [],
}

doubt(protocol, from_port, to_port) := {
	"rule": "sgr-9",
	"protocol": protocol,
	"from_port": from_port,
	"to_port": to_port,
	"prefix_list": "pl-9",
	"cause": "the entries of `pl-9` were not read",
}

judged(observed, ports) := verdict if {
	verdict := data.lib.ports.closed_to_world(ports, "HIGH") with input as observed
}
