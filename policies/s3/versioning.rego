package controls.s3.versioning

control := {
	"id": "S3.14",
	"title": "Versioning is on",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["versioning"],
	"rationale": "A version brings back what was overwritten or deleted, by mistake or by an attacker.",
	"remediation": {
		"text": "Enable versioning, with a lifecycle rule that ends noncurrent versions.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
	},
	"related": {
		"security_hub": ["S3.14"],
		"prowler": ["s3_bucket_object_versioning"],
		"config": ["s3-bucket-versioning-enabled"],
		"trivy": ["AVD-AWS-0090"],
		"scoutsuite": ["s3-bucket-no-versioning"],
		"steampipe": ["s3_bucket_versioning_enabled"],
		"cloudsploit": ["bucketVersioning"],
		"electriceye": ["S3.3"],
		"checkov": ["CKV_AWS_21"],
	},
}

verdict := {"status": "PASSED", "reason": "versioning is on"} if {
	input.versioning.status == "Enabled"
} else := {"status": "FAILED", "reason": "versioning is suspended"} if {
	input.versioning.status == "Suspended"
} else := {"status": "FAILED", "reason": "versioning is off"}
