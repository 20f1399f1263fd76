package controls.sg.port_mongodb_test

test_pass_another_port if {
	judged([opening("tcp", 8443)], []).status == "PASSED"
}

test_pass_over_udp if {
	judged([opening("udp", 27017)], []).status == "PASSED"
}

test_fail_each_tcp_port if {
	every port in [27017, 27018, 27019] {
		judged([opening("tcp", port)], []).status == "FAILED"
	}
}

test_absent_rules_open_nothing if {
	judged([], []).status == "PASSED"
}

test_unknown_rules_are_not_passed if {
	verdict := data.controls.sg.port_mongodb.verdict with input as {"group_name": "web"}
	verdict.status == "NOT_AVAILABLE"
}

test_unknown_prefix_list_is_in_doubt if {
	judged([], [doubt("tcp", 27017)]).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	verdict := data.controls.sg.port_mongodb.verdict with input as {}
	verdict.status != "PASSED"
}

opening(protocol, port) := {
	"family": "ipv4",
	"protocol": protocol,
	"from_port": port,
	"to_port": port,
	"split": false,
	"rules": ["sgr-1"],
	"rule_count": 1,
	"via_prefix_list": [],
}

doubt(protocol, port) := {"rule": "sgr-9", "protocol": protocol, "from_port": port, "to_port": port, "cause": "the entries of `pl-9` were not read"}

judged(openings, unresolved) := verdict if {
	reach := {"ingress": {"world": openings, "unresolved": unresolved}}
	verdict := data.controls.sg.port_mongodb.verdict with input as {"rules": [], "prefix_lists": {}, "analysis": {"reach": reach}}
}
