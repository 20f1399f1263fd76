package controls.s3.block_public_policy

control := {
	"id": "S3-001b",
	"title": "New public policies are refused, for the bucket or for the account",
	"severity": "HIGH",
	"resource_type": "AwsS3Bucket",
	"reads": ["public_access_block", "account_public_access_block"],
	"enough": ["public_access_block", "account_public_access_block"],
	"rationale": "Without it one mistaken policy publishes the bucket at once.",
	"remediation": {
		"text": "Turn on BlockPublicPolicy in Block Public Access of the account, or of the bucket.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	},
	"related": {
		"trivy": ["AVD-AWS-0087"],
		"checkov": ["CKV_AWS_54"],
	},
}

verdict := data.lib.public_access_block.verdict("block_public_policy")
