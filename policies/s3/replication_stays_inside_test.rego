package controls.s3.replication_stays_inside_test

to(account, owned) := {"account": "111122223333", "replication": [{
	"enabled": true,
	"destination": "arn:aws:s3:::copies",
	"destination_account": account,
	"destination_owned": owned,
}]}

test_pass_to_a_bucket_of_the_account if {
	judged(to(null, true)).status == "PASSED"
}

test_pass_to_a_member if {
	judged(to("222233334444", false)).status == "PASSED" with data.parameters.organization_accounts as ["222233334444"]
}

test_pass_to_a_trusted_account if {
	judged(to("222233334444", false)).status == "PASSED" with data.parameters.trusted_accounts as ["222233334444"]
}

test_fail_to_a_stranger if {
	judged(to("999988887777", false)).reason == "replicated to 999988887777, which is neither in the Organization nor trusted"
}

test_pass_if_the_rule_is_off if {
	judged({"account": "111122223333", "replication": [{"enabled": false, "destination": "arn:aws:s3:::copies", "destination_account": "999988887777", "destination_owned": null}]}).status == "PASSED"
}

test_absent_replication_passes if {
	judged({"account": "111122223333", "replication": null}).status == "PASSED"
}

test_unknown_owner_is_not_available if {
	judged(to(null, null)).reason == "nobody tells whose bucket arn:aws:s3:::copies is"
}

test_unknown_foreign_owner_is_not_available if {
	judged(to(null, false)).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.replication_stays_inside.verdict with input as observed
}
