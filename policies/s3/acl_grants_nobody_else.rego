package controls.s3.acl_grants_nobody_else

control := {
	"id": "S3.12",
	"title": "The ACL grants nothing to anyone but the owner",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["acl", "object_ownership"],
	"enough": ["object_ownership"],
	"rationale": "ACLs are a second, forgotten place of permissions: policies say who gets in, ACLs add others.",
	"remediation": {
		"text": "Set Object Ownership to bucket owner enforced, which disables ACLs; grant access by policy instead.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
	},
	"related": {
		"security_hub": ["S3.12"],
		"config": ["s3-bucket-acl-prohibited"],
		"steampipe": ["s3_bucket_acls_should_prohibit_user_access"],
	},
}

verdict := {"status": "PASSED", "reason": "ACLs are disabled"} if {
	input.object_ownership == "BucketOwnerEnforced"
} else := {"status": "PASSED", "reason": "only the owner and log delivery have grants"} if {
	count(grants) == 0
} else := {"status": "FAILED", "reason": sprintf("the ACL grants %s", [concat(", ", grants)])} if {
	count(grants) > 0
} else := data.lib.analysis.missing

grants := input.analysis.acl.grants_to_others
