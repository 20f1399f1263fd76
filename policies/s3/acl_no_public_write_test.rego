package controls.s3.acl_no_public_write_test

open(fact, ignored) := {"analysis": {
	"acl": {fact: true},
	"block_public_access": {"ignore_public_acls": ignored},
}}

test_pass_not_granted if {
	judged({"analysis": {"acl": {"public_write": false}}}) == {"status": "PASSED", "reason": "the ACL does not grant WRITE to the public"}
}

test_fail_granted if {
	judged(open("public_write", false)) == {"status": "FAILED", "reason": "the ACL grants WRITE to the public"}
}

test_fail_matters_less_where_public_acls_are_ignored if {
	judged(open("public_write", true)).severity == "LOW"
}

test_fail_where_it_is_not_known_whether_they_are_ignored if {
	judged({"analysis": {"acl": {"public_write": true}}}).status == "FAILED"
}

test_absent_acl_grants_nothing if {
	judged({"acl": null, "analysis": {"acl": {"public_write": false}}}).status == "PASSED"
}

test_unknown_is_not_passed if {
	judged({"unknown": {"acl": {"operation": "GetBucketAcl", "code": "AccessDenied"}}, "analysis": {}}).status == "NOT_AVAILABLE"
}

test_empty_input_is_not_passed if {
	judged({}).status == "NOT_AVAILABLE"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.acl_no_public_write.verdict with input as observed
}
