package controls.s3.lifecycle

control := {
	"id": "S3.13",
	"title": "A lifecycle rule is enabled",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["lifecycle"],
	"rationale": "Data without an end grows for ever: in cost, and in what a leak would lay open.",
	"remediation": {
		"text": "Add a lifecycle rule that moves or ends objects as your retention rules say.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
	},
	"related": {
		"security_hub": ["S3.13"],
		"prowler": ["s3_bucket_lifecycle_enabled"],
		"config": ["s3-lifecycle-policy-check"],
		"steampipe": ["s3_bucket_lifecycle_policy_enabled"],
		"cloudsploit": ["bucketLifecycleConfiguration"],
		"electriceye": ["S3.2"],
		"checkov": ["CKV2_AWS_61"],
	},
}

verdict := {"status": "PASSED", "reason": "a lifecycle rule is enabled"} if {
	count(data.lib.rules.enabled(input.lifecycle)) > 0
} else := {"status": "FAILED", "reason": "no lifecycle rule is enabled"}
