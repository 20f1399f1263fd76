package controls.s3.policy_locks_nobody_out

control := {
	"id": "S3-026",
	"title": "The bucket policy leaves somebody who can mend it",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy"],
	"rationale": "A Deny for everyone, or for everyone but the root user, cannot be taken back by those who run the account; only the root user still can. The audit usually cannot read such a policy either.",
	"remediation": {
		"text": "Sign in as the root user of the account, delete the bucket policy, and except the administrators' role from the Deny when it is written again.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html",
	},
	"related": {
		"checkov": ["CKV_AWS_93"],
	},
}

verdict := {"status": "PASSED", "reason": "there is no bucket policy"} if {
	data.lib.policy.no_bucket_policy
} else := {"status": "PASSED", "reason": "somebody but the root user can change the policy"} if {
	data.lib.policy.is_bucket_policy
	input.analysis.policy.locked_out_by == []
} else := {"status": "FAILED", "reason": sprintf("only the root user can mend the policy: %s", [concat(", ", names)])} if {
	count(names) > 0
} else := data.lib.analysis.missing

names := input.analysis.policy.locked_out_by if is_array(input.analysis.policy.locked_out_by)
