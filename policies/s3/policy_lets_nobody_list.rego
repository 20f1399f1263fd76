package controls.s3.policy_lets_nobody_list

control := {
	"id": "S3-005",
	"title": "The bucket policy does not let everyone list",
	"severity": "CRITICAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy"],
	"rationale": "Whoever can list the bucket sees every object name, and learns what to ask for. Block Public Access may hold it back today; the severity is then lower.",
	"remediation": {
		"text": "Take s3:List* out of the statements for everyone, or name the principals.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	},
	"related": {"scoutsuite": ["s3-bucket-world-policy-arg"]},
}

verdict := {"status": "PASSED", "reason": "there is no bucket policy"} if {
	data.lib.policy.no_bucket_policy
} else := data.lib.policy.held_back(sprintf("everyone may list by %s", [data.lib.policy.public_statements])) if {
	input.analysis.policy.public_list == true
} else := {"status": "PASSED", "reason": "the policy does not"} if {
	data.lib.policy.is_bucket_policy
	input.analysis.policy.public_list == false
} else := data.lib.analysis.missing
