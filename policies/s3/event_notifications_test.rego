package controls.s3.event_notifications_test

none := {"event_bridge": false, "functions": 0, "queues": 0, "topics": 0}

with_targets(targets) := {"notifications": object.union(none, targets)}

test_pass_event_bridge if {
	judged(with_targets({"event_bridge": true})) == {"status": "PASSED", "reason": "events go to Amazon EventBridge"}
}

test_pass_a_queue_and_a_topic if {
	judged(with_targets({"queues": 1, "topics": 2})) == {"status": "PASSED", "reason": "events go to queues, topics"}
}

test_fail_nowhere if {
	judged({"notifications": none}).status == "FAILED"
}

test_absent_fails if {
	judged({"notifications": null}).status == "FAILED"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketNotificationConfiguration", "code": "AccessDenied"}
	judged({"unknown": {"notifications": refused}}).status != "PASSED"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.event_notifications.verdict with input as observed
}
