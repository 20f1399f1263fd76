package controls.s3.log_target_works_test

logging(target, delivery) := {
	"name": "data",
	"region": "eu-west-1",
	"logging": {"target_bucket": "logs", "target_prefix": ""},
	"log_target": object.union({"exists": true, "owned": true, "region": "eu-west-1"}, target),
	"analysis": {"log_delivery": delivery},
}

test_pass_delivered if {
	judged(logging({}, true)).status == "PASSED"
}

test_fail_not_let_in if {
	judged(logging({}, false)).reason == "`logs` does not let the logs in"
}

test_fail_missing if {
	judged(logging({"exists": false, "owned": false, "region": null}, null)).reason == "`logs` does not exist"
}

test_fail_foreign if {
	judged(logging({"owned": false}, null)).reason == "`logs` belongs to another account"
}

test_fail_in_another_region if {
	judged(logging({"region": "us-east-1"}, null)).reason == "`logs` lies in us-east-1"
}

test_fail_itself if {
	judged(object.union(logging({}, true), {"name": "logs"})).reason == "the bucket logs to itself"
}

test_absent_logging_does_not_apply if {
	judged({"logging": null, "log_target": null}).status == "NOT_APPLICABLE"
}

test_unknown_delivery_is_not_passed if {
	judged(logging({}, null)).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	judged({"unknown": {"log_target": {"operation": "GetBucketPolicy", "code": "AccessDenied"}}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.log_target_works.verdict with input as observed
}
