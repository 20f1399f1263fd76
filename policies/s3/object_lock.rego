package controls.s3.object_lock

control := {
	"id": "S3.15",
	"title": "Object Lock is on",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["object_lock"],
	"rationale": "A locked version cannot be deleted before its time, not even by an administrator whose credentials were stolen.",
	"remediation": {
		"text": "Enable Object Lock on the versioned bucket, with a default retention that fits the data.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html",
	},
	"related": {
		"security_hub": ["S3.15"],
		"prowler": ["s3_bucket_object_lock"],
		"config": ["s3-bucket-default-lock-enabled"],
		"steampipe": ["s3_bucket_object_lock_enabled"],
		"checkov": ["CKV_AWS_143"],
	},
}

verdict := {"status": "PASSED", "reason": "Object Lock is on"} if {
	input.object_lock.enabled == true
} else := {"status": "FAILED", "reason": "Object Lock is off"}
