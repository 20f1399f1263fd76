package controls.s3.acl_no_public_read_acp

control := {
	"id": "S3-009",
	"title": "The ACL does not let the public read the ACL",
	"severity": "HIGH",
	"resource_type": "AwsS3Bucket",
	"reads": ["acl", "object_ownership", "public_access_block", "account_public_access_block"],
	"enough": ["object_ownership"],
	"rationale": "Who reads the ACL learns which accounts and groups are worth attacking.",
	"remediation": {
		"text": "Set Object Ownership to bucket owner enforced, which disables ACLs, or take the grant out of the ACL.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
	},
	"related": {
		"scoutsuite": ["s3-bucket-world-acl"],
		"checkov": ["CKV_AWS_375"],
	},
}

verdict := data.lib.acl.verdict("public_read_acp", "READ_ACP to the public")
