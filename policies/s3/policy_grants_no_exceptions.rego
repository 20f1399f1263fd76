package controls.s3.policy_grants_no_exceptions

control := {
	"id": "S3-028",
	"title": "The bucket policy allows nothing by exception (NotPrincipal, NotAction)",
	"severity": "HIGH",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy"],
	"rationale": "An Allow with NotPrincipal lets in everyone who is not listed, anonymous callers included; one with NotAction grants every action that AWS will ever add.",
	"remediation": {
		"text": "List the principals and the actions that are allowed; use NotPrincipal and NotAction only to deny.",
		"url": "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
	},
	"related": {},
}

verdict := {"status": "PASSED", "reason": "there is no bucket policy"} if {
	data.lib.policy.no_bucket_policy
} else := {"status": "PASSED", "reason": "every Allow names whom and what"} if {
	data.lib.policy.is_bucket_policy
	input.analysis.policy.allows_all_but == []
} else := {"status": "FAILED", "reason": sprintf("everything but what is named is allowed by %s", [concat(", ", names)])} if {
	count(names) > 0
} else := data.lib.analysis.missing

names := input.analysis.policy.allows_all_but if is_array(input.analysis.policy.allows_all_but)
