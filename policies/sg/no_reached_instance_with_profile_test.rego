package controls.sg.no_reached_instance_with_profile_test

test_pass_no_profile if {
	judged(on("yes", false)).status == "PASSED"
}

test_pass_not_reached if {
	judged(on("no", true)).status == "PASSED"
}

test_fail_reached_with_profile if {
	judged(on("yes", true)) == {"status": "FAILED", "reason": "the internet reaches i-1 on eni-1"}
}

test_unknown_way_is_not_passed if {
	judged(on("unknown", true)).status == "NOT_AVAILABLE"
}

test_unknown_instance_is_not_passed if {
	judged(on("yes", null)).status == "NOT_AVAILABLE"
}

test_absent_interfaces if {
	judged(reached([])).status == "PASSED"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

on(reachable, profile) := reached([{"id": "eni-1", "instance_id": "i-1", "reachable": reachable, "instance_profile": profile}])

reached(interfaces) := {"network_interfaces": [{"id": "eni-1"}], "analysis": {"reach": {
	"ingress": {"world": [{"protocol": "tcp"}], "unresolved": []},
	"reachability": {"interfaces": interfaces},
}}}

judged(observed) := verdict if {
	verdict := data.controls.sg.no_reached_instance_with_profile.verdict with input as observed
}
