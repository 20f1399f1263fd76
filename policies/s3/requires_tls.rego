package controls.s3.requires_tls

control := {
	"id": "S3.5",
	"title": "The bucket policy denies every request without TLS",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy"],
	"rationale": "Without it, credentials of a signed request and the objects themselves may travel in clear text.",
	"remediation": {
		"text": "Add a statement to the bucket policy that denies s3:* to everyone on the bucket and all its objects when aws:SecureTransport is false.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html",
	},
	"related": {
		"security_hub": ["S3.5"],
		"prowler": ["s3_bucket_secure_transport_policy"],
		"config": ["s3-bucket-ssl-requests-only"],
		"cis": ["3.1.1"],
		"scoutsuite": ["s3-bucket-allowing-cleartext"],
		"steampipe": ["s3_bucket_enforces_ssl"],
		"cloudsploit": ["bucketSecureTransportEnabled", "bucketEncryptionInTransit"],
		"electriceye": ["S3.8"],
		"checkov": ["CKV_AWS_379"],
	},
}

verdict := {"status": "FAILED", "reason": "there is no bucket policy"} if {
	data.lib.policy.no_bucket_policy
} else := {"status": "PASSED", "reason": "requests without TLS are denied"} if {
	data.lib.policy.is_bucket_policy
	input.analysis.policy.denies_insecure_transport == true
} else := {"status": "FAILED", "reason": "the policy does not deny every request without TLS"} if {
	input.analysis.policy.denies_insecure_transport == false
} else := data.lib.analysis.missing
