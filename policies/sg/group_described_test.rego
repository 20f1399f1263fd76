package controls.sg.group_described_test

test_pass_says_something if {
	judged({"group_name": "web", "description": "Front of the shop, behind the load balancer"}).status == "PASSED"
}

test_pass_default_group_does_not_count if {
	judged({"group_name": "default", "description": "default VPC security group"}).status == "NOT_APPLICABLE"
}

test_fail_what_tools_and_people_fill_in if {
	every text in ["", "  ", "Managed by Terraform", "TODO", "sg"] {
		judged({"group_name": "web", "description": text}).reason == "its description is empty or says nothing"
	}
}

test_fail_repeats_the_name if {
	judged({"group_name": "Web", "description": "web "}).reason == "its description repeats its name"
}

test_fail_text_of_the_launch_wizard if {
	verdict := judged({"group_name": "web", "description": "launch-wizard-3 created 2025-01-31T08:00:00.000Z"})
	verdict.reason == "its description is the launch wizard's"
}

test_fail_does_not_repeat_the_description if {
	not contains(judged({"group_name": "web", "description": "todo"}).reason, "todo")
}

test_absent_description_is_not_passed if {
	judged({"group_name": "web", "description": null}).status != "PASSED"
}

test_unknown_description_is_not_passed if {
	judged({"group_name": "web"}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.sg.group_described.verdict with input as observed
}
