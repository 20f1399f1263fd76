package controls.s3_access_point.block_public_access_test

all_on := {
	"block_public_acls": true,
	"block_public_policy": true,
	"ignore_public_acls": true,
	"restrict_public_buckets": true,
}

test_pass_all_four_on if {
	judged({"public_access_block": all_on}).status == "PASSED"
}

test_fail_one_off if {
	verdict := judged({"public_access_block": object.union(all_on, {"block_public_policy": false})})
	verdict == {"status": "FAILED", "reason": "off: block_public_policy"}
}

test_absent_fails_whatever_the_account_has if {
	judged({"public_access_block": null, "account_public_access_block": all_on}).status == "FAILED"
}

test_unknown_is_not_passed if {
	refused := {"operation": "GetAccessPoint", "code": "AccessDenied"}
	judged({"unknown": {"public_access_block": refused}}).status != "PASSED"
}

test_empty_input_is_not_passed if {
	judged({}).status != "PASSED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3_access_point.block_public_access.verdict with input as observed
}
