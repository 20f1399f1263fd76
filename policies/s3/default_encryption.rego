package controls.s3.default_encryption

control := {
	"id": "S3-040",
	"title": "Default encryption is configured",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["encryption"],
	"rationale": "AWS encrypts every new object since January 2023; this control proves it for each bucket instead of believing it.",
	"remediation": {
		"text": "Set default encryption to SSE-S3, SSE-KMS or DSSE-KMS.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html",
	},
	"related": {
		"prowler": ["s3_bucket_default_encryption"],
		"config": ["s3-bucket-server-side-encryption-enabled"],
		"trivy": ["AVD-AWS-0088"],
		"scoutsuite": ["s3-bucket-no-default-encryption"],
		"steampipe": ["s3_bucket_default_encryption_enabled"],
		"cloudsploit": ["bucketEncryption"],
		"electriceye": ["S3.1"],
		"checkov": ["CKV_AWS_19"],
	},
}

verdict := {"status": "PASSED", "reason": sprintf("objects are encrypted with %s", [input.encryption.algorithm])} if {
	input.encryption.algorithm in {"AES256", "aws:kms", "aws:kms:dsse"}
} else := {"status": "FAILED", "reason": "there is no default encryption"}
