package controls.s3.mfa_delete

control := {
	"id": "S3.20",
	"title": "Deleting a version takes a second factor",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["versioning", "lifecycle"],
	"rationale": "MFA delete keeps stolen credentials from destroying versions. AWS refuses it beside a lifecycle configuration, so such buckets are not judged.",
	"remediation": {
		"text": "Enable MFA delete with the credentials of the account's root user; it cannot be combined with lifecycle rules.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html",
	},
	"related": {
		"security_hub": ["S3.20"],
		"prowler": ["s3_bucket_no_mfa_delete"],
		"config": ["s3-bucket-mfa-delete-enabled"],
		"cis": ["3.1.2"],
		"trivy": ["AVD-AWS-0170"],
		"scoutsuite": ["s3-bucket-no-mfa-delete"],
		"steampipe": ["s3_bucket_mfa_delete_enabled"],
		"cloudsploit": ["bucketMFADeleteEnabled"],
	},
}

verdict := {"status": "PASSED", "reason": "MFA delete is on"} if {
	input.versioning.mfa_delete == true
} else := {"status": "NOT_APPLICABLE", "reason": "the bucket has a lifecycle configuration"} if {
	is_array(input.lifecycle)
} else := {"status": "FAILED", "reason": "MFA delete is off"}
