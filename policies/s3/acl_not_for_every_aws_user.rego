package controls.s3.acl_not_for_every_aws_user

control := {
	"id": "S3-011",
	"title": "The ACL grants nothing to every AWS user",
	"severity": "CRITICAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["acl", "object_ownership", "public_access_block", "account_public_access_block"],
	"enough": ["object_ownership"],
	"rationale": "AuthenticatedUsers is not this account or Organization: it is anyone with any AWS account.",
	"remediation": {
		"text": "Set Object Ownership to bucket owner enforced, which disables ACLs, or take the grant out of the ACL.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
	},
	"related": {
		"scoutsuite": ["s3-bucket-world-acl"],
		"steampipe": ["s3_bucket_not_accessible_to_all_authenticated_user"],
		"checkov": ["CKV2_AWS_43"],
	},
}

verdict := data.lib.acl.verdict("authenticated_users", "a permission to every AWS user")
