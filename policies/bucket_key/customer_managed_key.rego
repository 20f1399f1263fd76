package controls.bucket_key.customer_managed_key

control := {
	"id": "S3-042",
	"title": "The KMS key of the default encryption is a key of the customer",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["key"],
	"rationale": "The policy of the AWS managed key aws/s3 cannot be changed: it lets in the whole account and no other, and cannot be taken away. Only KMS tells whose a key is that the bucket names by ARN or id. Buckets without KMS are left to S3.17.",
	"remediation": {
		"text": "Create a KMS key with a policy of your own and name it in the bucket's default encryption.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html",
	},
	"related": {
		"trivy": ["AVD-AWS-0132"],
		"cloudsploit": ["bucketEncryption"],
	},
}

verdict := {"status": "FAILED", "reason": "the key is the AWS managed key aws/s3"} if {
	data.lib.bucket_key.aws_managed
} else := data.lib.bucket_key.other_account if {
	data.lib.bucket_key.foreign
} else := data.lib.bucket_key.no_key if {
	data.lib.bucket_key.missing
} else := {"status": "PASSED", "reason": sprintf("%s is a key of the customer", [data.lib.bucket_key.name])} if {
	data.lib.bucket_key.understood
	input.key.key_manager == "CUSTOMER"
} else := data.lib.bucket_key.unread
