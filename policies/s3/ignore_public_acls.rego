package controls.s3.ignore_public_acls

control := {
	"id": "S3-001c",
	"title": "Public ACLs have no effect, for the bucket or for the account",
	"severity": "HIGH",
	"resource_type": "AwsS3Bucket",
	"reads": ["public_access_block", "account_public_access_block"],
	"enough": ["public_access_block", "account_public_access_block"],
	"rationale": "Refusing new public ACLs does not undo those that buckets and objects already have; ignoring them does.",
	"remediation": {
		"text": "Turn on IgnorePublicAcls in Block Public Access of the account, or of the bucket.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	},
	"related": {
		"trivy": ["AVD-AWS-0091"],
		"checkov": ["CKV_AWS_55"],
	},
}

verdict := data.lib.public_access_block.verdict("ignore_public_acls")
