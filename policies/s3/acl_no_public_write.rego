package controls.s3.acl_no_public_write

control := {
	"id": "S3-008",
	"title": "The ACL lets the public write nothing",
	"severity": "CRITICAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["acl", "object_ownership", "public_access_block", "account_public_access_block"],
	"enough": ["object_ownership"],
	"rationale": "WRITE on a bucket lets strangers add, replace and delete objects at the owner's cost and in the owner's name.",
	"remediation": {
		"text": "Set Object Ownership to bucket owner enforced, which disables ACLs, or take the grant out of the ACL.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
	},
	"related": {
		"prowler": ["s3_bucket_public_write_acl"],
		"scoutsuite": ["s3-bucket-world-acl"],
		"cloudsploit": ["bucketAllUsersAcl"],
		"checkov": ["CKV_AWS_57"],
	},
}

verdict := data.lib.acl.verdict("public_write", "WRITE to the public")
