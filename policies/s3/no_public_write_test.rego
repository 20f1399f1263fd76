package controls.s3.no_public_write_test

open := {
	"public_write": true,
	"policy": {"public_write": true, "public_actions": ["s3:PutObject"]},
	"acl": {"public_write": false, "public_write_acp": true},
	"block_public_access": {"restrict_public_buckets": false, "ignore_public_acls": true},
}

test_pass_not_public if {
	judged({"analysis": {"public_write": false}}).status == "PASSED"
}

test_fail_says_which_way_is_open if {
	judged({"analysis": open}) == {"status": "FAILED", "reason": "the policy grants everyone s3:PutObject"}
}

test_fail_by_acl if {
	settings := {"restrict_public_buckets": true, "ignore_public_acls": false}
	verdict := judged({"analysis": object.union(open, {"block_public_access": settings})})
	verdict == {"status": "FAILED", "reason": "the ACL grants everyone WRITE_ACP"}
}

test_absent_policy_and_acl_pass if {
	absent := {"policy": null, "acl": null, "analysis": {"policy": null, "public_write": false}}
	judged(absent).status == "PASSED"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketAcl", "code": "AccessDenied"}
	judged({"unknown": {"acl": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.no_public_write.verdict with input as observed
}
