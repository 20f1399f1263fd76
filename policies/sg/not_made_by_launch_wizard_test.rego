package controls.sg.not_made_by_launch_wizard_test

test_pass_another_name if {
	judged({"group_id": "sg-1", "group_name": "web"}).status == "PASSED"
}

test_pass_name_that_only_speaks_of_the_wizard if {
	judged({"group_id": "sg-1", "group_name": "no-launch-wizard-1"}).status == "PASSED"
}

test_fail_name_of_the_wizard if {
	judged({"group_id": "sg-1", "group_name": "launch-wizard-12"}) == {"status": "FAILED", "reason": "its name is the launch wizard's"}
}

test_absent_name_is_not_passed if {
	judged({"group_id": "sg-1", "group_name": null}).status != "PASSED"
}

test_unknown_name_is_not_passed if {
	judged({"group_id": "sg-1"}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.sg.not_made_by_launch_wizard.verdict with input as observed
}
