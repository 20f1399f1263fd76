package controls.s3.customer_managed_key

control := {
	"id": "S3-042",
	"title": "Default encryption names a key of the customer",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["encryption"],
	"rationale": "The policy of the AWS managed key aws/s3 cannot be changed: it lets in the whole account and no other, and cannot be taken away.",
	"remediation": {
		"text": "Create a KMS key with a policy of your own and name it in the bucket's default encryption.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html",
	},
	"related": {
		"trivy": ["AVD-AWS-0132"],
		"cloudsploit": ["bucketEncryption"],
	},
}

verdict := {"status": "PASSED", "reason": sprintf("the key is `%s`", [input.encryption.kms_key_id])} if {
	uses_kms
	is_string(input.encryption.kms_key_id)
	not aws_managed
} else := {"status": "FAILED", "reason": "the key is the AWS managed key aws/s3"} if {
	uses_kms
} else := {"status": "FAILED", "reason": "no KMS key is used"}

uses_kms if input.encryption.algorithm in {"aws:kms", "aws:kms:dsse"}

aws_managed if {
	is_string(input.encryption.kms_key_id)
	endswith(input.encryption.kms_key_id, "alias/aws/s3")
}
