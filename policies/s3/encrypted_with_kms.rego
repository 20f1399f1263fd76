package controls.s3.encrypted_with_kms

control := {
	"id": "S3.17",
	"title": "Default encryption uses a KMS key",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["encryption"],
	"rationale": "Reading then takes a permission on the key too, each use of the key is logged, and disabling the key stops all reading.",
	"remediation": {
		"text": "Set default encryption to SSE-KMS or DSSE-KMS.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
	},
	"related": {
		"security_hub": ["S3.17"],
		"prowler": ["s3_bucket_kms_encryption"],
		"config": ["s3-default-encryption-kms"],
		"steampipe": ["s3_bucket_default_encryption_enabled_kms"],
		"checkov": ["CKV_AWS_145"],
	},
}

verdict := {"status": "PASSED", "reason": sprintf("objects are encrypted with %s", [input.encryption.algorithm])} if {
	input.encryption.algorithm in {"aws:kms", "aws:kms:dsse"}
} else := {"status": "FAILED", "reason": sprintf("objects are encrypted with %s", [input.encryption.algorithm])} if {
	is_string(input.encryption.algorithm)
} else := {"status": "FAILED", "reason": "there is no default encryption"}
