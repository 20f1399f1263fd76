package controls.s3.block_public_acls

control := {
	"id": "S3-001a",
	"title": "New public ACLs are refused, for the bucket or for the account",
	"severity": "HIGH",
	"resource_type": "AwsS3Bucket",
	"reads": ["public_access_block", "account_public_access_block"],
	"enough": ["public_access_block", "account_public_access_block"],
	"rationale": "Without it anyone who may write an ACL can publish the bucket or an object, by one header of an upload.",
	"remediation": {
		"text": "Turn on BlockPublicAcls in Block Public Access of the account, or of the bucket.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	},
	"related": {
		"trivy": ["AVD-AWS-0086"],
		"checkov": ["CKV_AWS_53"],
	},
}

verdict := data.lib.public_access_block.verdict("block_public_acls")
