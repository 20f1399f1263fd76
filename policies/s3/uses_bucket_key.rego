package controls.s3.uses_bucket_key

control := {
	"id": "S3-043",
	"title": "SSE-KMS uses an S3 Bucket Key",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["encryption"],
	"rationale": "Without one, every object costs a call to KMS: money, and a limit that readers of many objects run into.",
	"remediation": {
		"text": "Turn on the S3 Bucket Key in the bucket's default encryption. Objects that are there already keep their own keys.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html",
	},
}

verdict := {"status": "PASSED", "reason": "an S3 Bucket Key is used"} if {
	input.encryption.algorithm == "aws:kms"
	input.encryption.bucket_key_enabled == true
} else := {"status": "FAILED", "reason": "SSE-KMS without an S3 Bucket Key"} if {
	input.encryption.algorithm == "aws:kms"
} else := {"status": "NOT_APPLICABLE", "reason": "the bucket has no default encryption"} if {
	input.encryption == null
} else := {"status": "NOT_APPLICABLE", "reason": sprintf("%s takes no S3 Bucket Key", [input.encryption.algorithm])} if {
	is_string(input.encryption.algorithm)
} else := {"status": "FAILED", "reason": "the default encryption is not readable"}
