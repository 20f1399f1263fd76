package controls.s3.acl_grants_nobody_else_test

with_grants(grants) := {"object_ownership": "ObjectWriter", "analysis": {"acl": {"grants_to_others": grants}}}

test_pass_only_the_owner if {
	judged(with_grants([])).status == "PASSED"
}

test_pass_acls_disabled if {
	judged({"object_ownership": "BucketOwnerEnforced", "acl": null}).status == "PASSED"
}

test_fail_names_the_grants if {
	verdict := judged(with_grants(["READ to AllUsers"]))
	verdict == {"status": "FAILED", "reason": "the ACL grants READ to AllUsers"}
}

test_absent_acl_passes if {
	absent := {"object_ownership": null, "acl": null, "analysis": {"acl": {"grants_to_others": []}}}
	judged(absent).status == "PASSED"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketAcl", "code": "AccessDenied"}
	judged({"object_ownership": null, "unknown": {"acl": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.acl_grants_nobody_else.verdict with input as observed
}
