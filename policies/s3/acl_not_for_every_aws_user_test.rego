package controls.s3.acl_not_for_every_aws_user_test

open(fact, ignored) := {"analysis": {
	"acl": {fact: true},
	"block_public_access": {"ignore_public_acls": ignored},
}}

test_pass_not_granted if {
	judged({"analysis": {"acl": {"authenticated_users": false}}}) == {"status": "PASSED", "reason": "the ACL does not grant a permission to every AWS user"}
}

test_fail_granted if {
	judged(open("authenticated_users", false)) == {"status": "FAILED", "reason": "the ACL grants a permission to every AWS user"}
}

test_fail_matters_less_where_public_acls_are_ignored if {
	judged(open("authenticated_users", true)).severity == "LOW"
}

test_fail_where_it_is_not_known_whether_they_are_ignored if {
	judged({"analysis": {"acl": {"authenticated_users": true}}}).status == "FAILED"
}

test_absent_acl_grants_nothing if {
	judged({"acl": null, "analysis": {"acl": {"authenticated_users": false}}}).status == "PASSED"
}

test_unknown_is_not_passed if {
	judged({"unknown": {"acl": {"operation": "GetBucketAcl", "code": "AccessDenied"}}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.acl_not_for_every_aws_user.verdict with input as observed
}
