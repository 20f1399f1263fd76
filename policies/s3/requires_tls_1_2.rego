package controls.s3.requires_tls_1_2

control := {
	"id": "S3-021",
	"title": "The bucket policy denies requests with TLS older than 1.2",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy"],
	"rationale": "TLS 1.0 and 1.1 are broken. S3 itself accepts only TLS 1.2 today; the policy keeps it so wherever requests end. Plain HTTP is another matter: see S3.5.",
	"remediation": {
		"text": "Add a statement to the bucket policy that denies s3:* to everyone on the bucket and all its objects when s3:TlsVersion is less than 1.2.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html",
	},
	"related": {},
}

verdict := {"status": "FAILED", "reason": "there is no bucket policy"} if {
	data.lib.policy.no_bucket_policy
} else := {"status": "PASSED", "reason": "TLS older than 1.2 is denied"} if {
	data.lib.policy.is_bucket_policy
	input.analysis.policy.denies_old_tls == true
} else := {"status": "FAILED", "reason": "the policy does not deny every request with TLS older than 1.2"} if {
	input.analysis.policy.denies_old_tls == false
} else := data.lib.analysis.missing
