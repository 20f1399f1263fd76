package controls.s3.policy_lets_nobody_get

control := {
	"id": "S3-006",
	"title": "The bucket policy does not let everyone read objects or settings",
	"severity": "CRITICAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy"],
	"rationale": "Whoever can call s3:Get* reads objects or settings without an account. Block Public Access may hold it back today; the severity is then lower.",
	"remediation": {
		"text": "Take s3:Get* out of the statements for everyone, name the principals, or serve public content through CloudFront with origin access control.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	},
	"related": {"scoutsuite": ["s3-bucket-world-policy-arg"]},
}

verdict := {"status": "PASSED", "reason": "there is no bucket policy"} if {
	data.lib.policy.no_bucket_policy
} else := data.lib.policy.held_back(sprintf("everyone may get by %s", [data.lib.policy.public_statements])) if {
	input.analysis.policy.public_get == true
} else := {"status": "PASSED", "reason": "the policy does not"} if {
	data.lib.policy.is_bucket_policy
	input.analysis.policy.public_get == false
} else := data.lib.analysis.missing
