package controls.s3.no_foreign_administration

control := {
	"id": "S3.6",
	"title": "The bucket policy lets no other account change who may access the bucket or how it is encrypted",
	"severity": "HIGH",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy"],
	"rationale": "Another account that can change policy, ACL or encryption can take the bucket over, or make its data unreadable.",
	"remediation": {
		"text": "Take s3:DeleteBucketPolicy, s3:PutBucketAcl, s3:PutBucketPolicy, s3:PutEncryptionConfiguration and s3:PutObjectAcl out of the grants to other accounts.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html",
	},
	"related": {
		"security_hub": ["S3.6"],
		"config": ["s3-bucket-blacklisted-actions-prohibited"],
		"steampipe": ["s3_bucket_policy_restricts_cross_account_permission_changes"],
	},
}

verdict := {"status": "PASSED", "reason": "there is no bucket policy"} if {
	data.lib.policy.no_bucket_policy
} else := {"status": "PASSED", "reason": "no other account has such an action"} if {
	data.lib.policy.is_bucket_policy
	input.analysis.policy.cross_account_sensitive_actions == []
} else := {"status": "FAILED", "reason": sprintf("others have %s", [concat(", ", actions)])} if {
	count(actions) > 0
} else := data.lib.analysis.missing

actions := found if {
	found := input.analysis.policy.cross_account_sensitive_actions
	is_array(found)
}
