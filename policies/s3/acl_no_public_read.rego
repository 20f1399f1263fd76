package controls.s3.acl_no_public_read

control := {
	"id": "S3-007",
	"title": "The ACL lets the public list nothing",
	"severity": "CRITICAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["acl", "object_ownership", "public_access_block", "account_public_access_block"],
	"enough": ["object_ownership"],
	"rationale": "READ on a bucket lists the names of all its objects, and names are half of the way to the data.",
	"remediation": {
		"text": "Set Object Ownership to bucket owner enforced, which disables ACLs, or take the grant out of the ACL.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
	},
	"related": {
		"prowler": ["s3_bucket_public_list_acl"],
		"trivy": ["AVD-AWS-0092"],
		"scoutsuite": ["s3-bucket-world-acl"],
		"cloudsploit": ["bucketAllUsersAcl"],
		"checkov": ["CKV_AWS_20"],
	},
}

verdict := data.lib.acl.verdict("public_read", "READ to the public")
