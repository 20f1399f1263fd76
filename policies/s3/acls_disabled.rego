package controls.s3.acls_disabled

control := {
	"id": "S3-012",
	"title": "ACLs are disabled",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["object_ownership"],
	"rationale": "With bucket owner enforced, policies alone decide who gets in, and the owner of the bucket owns every object in it.",
	"remediation": {
		"text": "Move grants from ACLs into policies, then set Object Ownership to bucket owner enforced.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
	},
	"related": {
		"prowler": ["s3_bucket_acl_prohibited"],
		"checkov": ["CKV2_AWS_65"],
	},
}

verdict := {"status": "PASSED", "reason": "Object Ownership is bucket owner enforced"} if {
	input.object_ownership == "BucketOwnerEnforced"
} else := {"status": "FAILED", "reason": sprintf("Object Ownership is %s", [input.object_ownership])} if {
	is_string(input.object_ownership)
} else := {"status": "FAILED", "reason": "Object Ownership was never configured, so ACLs count"}
