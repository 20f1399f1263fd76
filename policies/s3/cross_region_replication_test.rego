package controls.s3.cross_region_replication_test

rule := {"enabled": true, "destination": "arn:aws:s3:::copy", "destination_region": "eu-central-1"}

with_rule(change) := {"region": "eu-west-1", "replication": [object.union(rule, change)]}

test_pass_another_region if {
	judged(with_rule({})) == {"status": "PASSED", "reason": "replicated to eu-central-1"}
}

test_fail_same_region if {
	judged(with_rule({"destination_region": "eu-west-1"})).status == "FAILED"
}

test_fail_rule_disabled if {
	judged(with_rule({"enabled": false})).status == "FAILED"
}

test_absent_fails if {
	judged({"region": "eu-west-1", "replication": null}).status == "FAILED"
}

test_unknown_destination_is_not_available if {
	judged(with_rule({"destination_region": null})).status == "NOT_AVAILABLE"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketReplication", "code": "AccessDenied"}
	judged({"region": "eu-west-1", "unknown": {"replication": refused}}).status != "PASSED"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.cross_region_replication.verdict with input as observed
}
