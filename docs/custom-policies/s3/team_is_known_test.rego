package controls.s3.team_is_known_test

import data.controls.s3.team_is_known.verdict

test_pass_team_of_today if {
	verdict.status == "PASSED" with input as {"tags": {"team": "search"}}
}

test_fail_unknown_team if {
	verdict.status == "FAILED" with input as {"tags": {"team": "webmasters"}}
	verdict.severity == "MEDIUM" with input as {"tags": {"team": "webmasters"}}
}

test_absent_tag if {
	verdict.status == "FAILED" with input as {"tags": {}}
}

test_unknown_tags if {
	verdict.status != "PASSED" with input as {"unknown": {"tags": {"operation": "GetBucketTagging", "code": "AccessDenied"}}}
}

test_empty_input if {
	verdict.status != "PASSED" with input as {}
}
