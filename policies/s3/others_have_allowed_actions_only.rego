package controls.s3.others_have_allowed_actions_only

control := {
	"id": "S3-024",
	"title": "The bucket policy gives others no more than the actions that the operator allows",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy"],
	"rationale": "One list of what others than the bucket's own account may do, the parameter actions_of_others, holds for all buckets. Organizations, other accounts, networks and everyone are others; AWS services are not.",
	"remediation": {
		"text": "Narrow the actions in the bucket policy, or add the action to actions_of_others if others may have it on every bucket.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
	},
	"related": {
		"config": ["s3-bucket-policy-not-more-permissive"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "the parameter actions_of_others names no action"} if {
	data.parameters.actions_of_others == []
} else := {"status": "PASSED", "reason": "there is no bucket policy"} if {
	data.lib.policy.no_bucket_policy
} else := {"status": "PASSED", "reason": "others have allowed actions only"} if {
	data.lib.policy.is_bucket_policy
	input.analysis.policy.excessive_actions == []
} else := {"status": "FAILED", "reason": sprintf("others also have %s", [concat(", ", actions)])} if {
	count(actions) > 0
} else := data.lib.analysis.missing

actions := input.analysis.policy.excessive_actions if is_array(input.analysis.policy.excessive_actions)
