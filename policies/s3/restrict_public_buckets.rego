package controls.s3.restrict_public_buckets

control := {
	"id": "S3-001d",
	"title": "A public policy has no effect on strangers, for the bucket or for the account",
	"severity": "HIGH",
	"resource_type": "AwsS3Bucket",
	"reads": ["public_access_block", "account_public_access_block"],
	"enough": ["public_access_block", "account_public_access_block"],
	"rationale": "Refusing new public policies does not undo one that is already there; this setting does.",
	"remediation": {
		"text": "Turn on RestrictPublicBuckets in Block Public Access of the account, or of the bucket.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	},
	"related": {
		"trivy": ["AVD-AWS-0093"],
		"checkov": ["CKV_AWS_56"],
	},
}

verdict := data.lib.public_access_block.verdict("restrict_public_buckets")
