package controls.s3.policy_lets_in_nobody_unnamed

control := {
	"id": "S3-004",
	"title": "The bucket policy lets nobody in without saying who or from where",
	"severity": "CRITICAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy"],
	"rationale": "A statement for everyone, or for everyone but a few, hands the bucket to the internet unless a condition fixes who calls or from where. Block Public Access may hold it back today; the severity is then lower.",
	"remediation": {
		"text": "Name the principals in the bucket policy, or add a condition that fixes them: aws:PrincipalOrgID, aws:PrincipalAccount, aws:SourceVpce.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	},
	"related": {
		"cis": ["2.21"],
		"scoutsuite": ["s3-bucket-world-policy-star"],
		"steampipe": ["s3_bucket_policy_restrict_public_access"],
		"cloudsploit": ["bucketAllUsersPolicy"],
		"checkov": ["CKV_AWS_70"],
	},
}

verdict := {"status": "PASSED", "reason": "there is no bucket policy"} if {
	data.lib.policy.no_bucket_policy
} else := data.lib.policy.held_back(sprintf("everyone by %s", [data.lib.policy.public_statements])) if {
	input.analysis.policy.public == true
} else := {"status": "PASSED", "reason": "the policy does not"} if {
	data.lib.policy.is_bucket_policy
	input.analysis.policy.public == false
} else := data.lib.analysis.missing
