package controls.s3.acls_disabled_test

test_pass_enforced if {
	judged({"object_ownership": "BucketOwnerEnforced"}).status == "PASSED"
}

test_fail_acls_count if {
	judged({"object_ownership": "ObjectWriter"}) == {"status": "FAILED", "reason": "Object Ownership is ObjectWriter"}
}

test_absent_ownership_leaves_acls_on if {
	judged({"object_ownership": null}).status == "FAILED"
}

test_unknown_is_not_passed if {
	judged({"unknown": {"object_ownership": {"operation": "GetBucketOwnershipControls", "code": "AccessDenied"}}}).status == "FAILED"
}

test_empty_input_is_not_passed if {
	judged({}).status == "FAILED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.acls_disabled.verdict with input as observed
}
