package controls.s3.requires_encryption_on_upload

control := {
	"id": "S3-029",
	"title": "The bucket policy denies uploads that do not name their encryption",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy"],
	"rationale": "S3 encrypts every object, with its own key if the upload names none. A policy that insists on the header keeps an upload from falling back to that key unnoticed.",
	"remediation": {
		"text": "Add a statement to the bucket policy that denies s3:PutObject to everyone on all objects when s3:x-amz-server-side-encryption is not the wanted one.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
	},
	"related": {
		"cloudsploit": ["bucketEnforceEncryption", "s3Encryption"],
	},
}

verdict := {"status": "FAILED", "reason": "there is no bucket policy"} if {
	data.lib.policy.no_bucket_policy
} else := {"status": "PASSED", "reason": "uploads without the header are denied"} if {
	data.lib.policy.is_bucket_policy
	input.analysis.policy.requires_encryption_on_upload == true
} else := {"status": "FAILED", "reason": "an upload may leave its encryption open"} if {
	input.analysis.policy.requires_encryption_on_upload == false
} else := data.lib.analysis.missing
