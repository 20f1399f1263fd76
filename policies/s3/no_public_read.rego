package controls.s3.no_public_read

control := {
	"id": "S3.2",
	"title": "The public cannot read the bucket",
	"severity": "CRITICAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy", "acl", "object_ownership", "public_access_block", "account_public_access_block"],
	"enough": ["policy", "acl", "object_ownership", "public_access_block", "account_public_access_block"],
	"rationale": "Whatever everyone may read will be found: names of buckets are guessed and listed by machines.",
	"remediation": {
		"text": "Turn on Block Public Access, then take the grants to everyone out of the bucket policy and disable ACLs. Publish through CloudFront.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	},
	"related": {
		"security_hub": ["S3.2"],
		"prowler": ["s3_bucket_public_access"],
		"config": ["s3-bucket-public-read-prohibited"],
		"cis": ["2.21"],
		"steampipe": ["s3_bucket_restrict_public_read_access"],
		"electriceye": ["S3.4"],
	},
}

verdict := {"status": "PASSED", "reason": "neither policy nor ACL lets everyone read"} if {
	input.analysis.public_read == false
} else := {"status": "FAILED", "reason": concat("; ", ways)} if {
	input.analysis.public_read == true
} else := data.lib.analysis.missing

ways contains sprintf("the policy grants everyone %s", [concat(", ", input.analysis.policy.public_actions)]) if {
	input.analysis.policy.public_read == true
	input.analysis.block_public_access.restrict_public_buckets == false
}

# READ_ACP is s3:GetBucketAcl (S3 User Guide, "Access control list (ACL) overview"), which a policy may not give either.
ways contains sprintf("the ACL grants everyone %s", [upper(permission)]) if {
	some permission in ["read", "read_acp"]
	input.analysis.acl[sprintf("public_%s", [permission])] == true
	input.analysis.block_public_access.ignore_public_acls == false
}
