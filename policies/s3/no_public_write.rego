package controls.s3.no_public_write

control := {
	"id": "S3.3",
	"title": "The public cannot write to the bucket or change who may",
	"severity": "CRITICAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy", "acl", "object_ownership", "public_access_block", "account_public_access_block"],
	"enough": ["policy", "acl", "object_ownership", "public_access_block", "account_public_access_block"],
	"rationale": "Whoever can write can plant malware, delete data, and run up the bill; whoever can change the ACL can take the rest.",
	"remediation": {
		"text": "Turn on Block Public Access, then take the grants to everyone out of the bucket policy and disable ACLs.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	},
	"related": {
		"security_hub": ["S3.3"],
		"prowler": ["s3_bucket_policy_public_write_access"],
		"config": ["s3-bucket-public-write-prohibited"],
		"cis": ["2.21"],
		"scoutsuite": ["s3-bucket-world-policy-arg"],
		"steampipe": ["s3_bucket_restrict_public_write_access"],
	},
}

verdict := {"status": "PASSED", "reason": "neither policy nor ACL lets everyone write"} if {
	input.analysis.public_write == false
} else := {"status": "FAILED", "reason": concat("; ", ways)} if {
	input.analysis.public_write == true
} else := data.lib.analysis.missing

ways contains sprintf("the policy grants everyone %s", [concat(", ", input.analysis.policy.public_actions)]) if {
	input.analysis.policy.public_write == true
	input.analysis.block_public_access.restrict_public_buckets == false
}

ways contains sprintf("the ACL grants everyone %s", [upper(permission)]) if {
	some permission in ["write", "write_acp"]
	input.analysis.acl[sprintf("public_%s", [permission])] == true
	input.analysis.block_public_access.ignore_public_acls == false
}
