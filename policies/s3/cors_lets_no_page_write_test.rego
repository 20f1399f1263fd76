package controls.s3.cors_lets_no_page_write_test

test_pass_every_origin_may_read if {
	judged({"cors": [{"origins": ["*"], "methods": ["GET", "HEAD"]}]}).status == "PASSED"
}

test_pass_one_origin_may_write if {
	judged({"cors": [{"origins": ["https://example.com"], "methods": ["PUT"]}]}).status == "PASSED"
}

test_fail_every_origin_may_write if {
	judged({"cors": [{"origins": ["*"], "methods": ["GET", "PUT", "DELETE"]}]}) == {"status": "FAILED", "reason": "every origin may use DELETE, PUT"}
}

test_fail_every_host_may_write if {
	judged({"cors": [{"origins": ["https://*"], "methods": ["POST"]}]}).status == "FAILED"
}

test_absent_configuration_passes if {
	judged({"cors": null}).status == "PASSED"
}

test_unknown_is_not_passed if {
	judged({"unknown": {"cors": {"operation": "GetBucketCors", "code": "AccessDenied"}}}).status == "FAILED"
}

test_empty_input_is_not_passed if {
	judged({}).status == "FAILED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.cors_lets_no_page_write.verdict with input as observed
}
