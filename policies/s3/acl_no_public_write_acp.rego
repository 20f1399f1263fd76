package controls.s3.acl_no_public_write_acp

control := {
	"id": "S3-010",
	"title": "The ACL does not let the public change the ACL",
	"severity": "CRITICAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["acl", "object_ownership", "public_access_block", "account_public_access_block"],
	"enough": ["object_ownership"],
	"rationale": "Who may write the ACL can give himself every other permission; FULL_CONTROL includes it.",
	"remediation": {
		"text": "Set Object Ownership to bucket owner enforced, which disables ACLs, or take the grant out of the ACL.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
	},
	"related": {
		"scoutsuite": ["s3-bucket-world-acl"],
	},
}

verdict := data.lib.acl.verdict("public_write_acp", "WRITE_ACP to the public")
