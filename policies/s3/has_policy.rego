package controls.s3.has_policy

control := {
	"id": "S3-025",
	"title": "The bucket has a policy",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy"],
	"rationale": "Without a policy nothing is denied: neither plain HTTP nor principals that IAM policies of the account let in too freely.",
	"remediation": {
		"text": "Attach a bucket policy that denies requests without TLS and confines access to the Organization.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html",
	},
	"related": {
		"electriceye": ["S3.5"],
	},
}

verdict := {"status": "FAILED", "reason": "there is no bucket policy"} if {
	data.lib.policy.no_bucket_policy
} else := {"status": "PASSED", "reason": "the bucket has a policy"} if {
	is_array(input.policy.Statement)
	count(input.policy.Statement) > 0
} else := {"status": "PASSED", "reason": "the bucket has a policy"} if {
	is_object(input.policy.Statement)
} else := {"status": "FAILED", "reason": "the policy has no statement"} if {
	input.policy.Statement == []
} else := {"status": "NOT_AVAILABLE", "reason": "the policy was not read"}
