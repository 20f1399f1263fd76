package controls.s3.no_public_read_test

open := {
	"public_read": true,
	"policy": {"public_read": true, "public_actions": ["s3:GetObject"]},
	"acl": {"public_read": true},
	"block_public_access": {"restrict_public_buckets": false, "ignore_public_acls": true},
}

test_pass_not_public if {
	judged({"analysis": {"public_read": false}}).status == "PASSED"
}

test_fail_says_which_way_is_open if {
	judged({"analysis": open}) == {"status": "FAILED", "reason": "the policy grants everyone s3:GetObject"}
}

test_fail_by_acl if {
	settings := {"restrict_public_buckets": true, "ignore_public_acls": false}
	verdict := judged({"analysis": object.union(open, {"block_public_access": settings})})
	verdict == {"status": "FAILED", "reason": "the ACL grants everyone READ"}
}

test_fail_if_the_acl_itself_can_be_read if {
	verdict := judged({"analysis": {
		"public_read": true,
		"policy": null,
		"acl": {"public_read": false, "public_read_acp": true},
		"block_public_access": {"restrict_public_buckets": false, "ignore_public_acls": false},
	}})
	verdict == {"status": "FAILED", "reason": "the ACL grants everyone READ_ACP"}
}

test_absent_policy_and_acl_pass if {
	absent := {"policy": null, "acl": null, "analysis": {"policy": null, "public_read": false}}
	judged(absent).status == "PASSED"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetBucketPolicy", "code": "AccessDenied"}
	judged({"unknown": {"policy": refused}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.no_public_read.verdict with input as observed
}
