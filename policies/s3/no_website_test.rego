package controls.s3.no_website_test

test_pass_absent_website if {
	judged({"website": null}).status == "PASSED"
}

test_fail_hosted if {
	judged({"website": {"redirects_everything": false}}).status == "FAILED"
}

test_fail_redirecting if {
	judged({"website": {"redirects_everything": true}}) == {"status": "FAILED", "reason": "the website sends every request on to another host"}
}

test_absent_website_passes if {
	judged({"website": null}).status == "PASSED"
}

test_unknown_is_not_passed if {
	judged({"unknown": {"website": {"operation": "GetBucketWebsite", "code": "AccessDenied"}}}).status == "FAILED"
}

test_empty_input_is_not_passed if {
	judged({}).status == "FAILED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.no_website.verdict with input as observed
}
