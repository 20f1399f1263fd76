package controls.s3.aborts_incomplete_uploads

control := {
	"id": "S3-057",
	"title": "A lifecycle rule aborts incomplete multipart uploads",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["lifecycle"],
	"rationale": "Parts of an upload that never ended are not listed among the objects, and are paid for until somebody aborts it.",
	"remediation": {
		"text": "Add a lifecycle rule for the whole bucket that aborts multipart uploads some days after they began.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html",
	},
	"related": {
		"checkov": ["CKV_AWS_300"],
	},
}

verdict := {"status": "PASSED", "reason": "an enabled rule aborts them"} if {
	count(aborting) > 0
} else := {"status": "FAILED", "reason": "no enabled lifecycle rule aborts them"}

aborting := [rule |
	some rule in data.lib.rules.enabled(input.lifecycle)
	rule.aborts_incomplete_uploads == true
]
