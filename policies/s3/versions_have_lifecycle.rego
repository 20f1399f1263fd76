package controls.s3.versions_have_lifecycle

control := {
	"id": "S3.10",
	"title": "A versioned bucket has a lifecycle rule",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["versioning", "lifecycle"],
	"rationale": "Versions that never end cost money for ever, and keep data that was to be deleted.",
	"remediation": {
		"text": "Add a lifecycle rule that ends or moves noncurrent versions.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html",
	},
	"related": {
		"security_hub": ["S3.10"],
		"config": ["s3-version-lifecycle-policy-check"],
		"steampipe": ["s3_bucket_versioning_and_lifecycle_policy_enabled"],
		"cloudsploit": ["versionedBucketsLC"],
	},
}

verdict := {"status": "PASSED", "reason": "a lifecycle rule is enabled"} if {
	input.versioning.status == "Enabled"
	count(data.lib.rules.enabled(input.lifecycle)) > 0
} else := {"status": "FAILED", "reason": "versioned, and no lifecycle rule is enabled"} if {
	input.versioning.status == "Enabled"
} else := {"status": "NOT_APPLICABLE", "reason": "the bucket was never versioned"} if {
	input.versioning == null
} else := {"status": "NOT_APPLICABLE", "reason": "versioning is suspended"} if {
	input.versioning.status == "Suspended"
} else := {"status": "FAILED", "reason": "the state of versioning is not readable"}
