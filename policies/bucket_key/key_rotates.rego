package controls.bucket_key.key_rotates

control := {
	"id": "SK-005",
	"title": "Automatic rotation of the bucket's key is enabled",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["key"],
	"linked_control": "KMS.4",
	"rationale": "Rotation limits how much of the bucket is encrypted with the same key material.",
	"remediation": {
		"text": "Enable automatic rotation of the key. What is encrypted stays readable.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-enable.html",
	},
}

verdict := data.lib.bucket_key.aws_key if {
	data.lib.bucket_key.aws_managed
} else := data.lib.bucket_key.other_account if {
	data.lib.bucket_key.foreign
} else := data.lib.bucket_key.no_key if {
	data.lib.bucket_key.missing
} else := {"status": "NOT_APPLICABLE", "reason": sprintf("%s is %s; only enabled keys rotate", [data.lib.bucket_key.name, input.key.key_state])} if {
	input.key.key_state != "Enabled"
} else := {"status": "PASSED", "reason": sprintf("%s rotates", [data.lib.bucket_key.name])} if {
	data.lib.bucket_key.understood
	input.key.key_rotation_enabled == true
} else := {"status": "FAILED", "reason": sprintf("%s does not rotate", [data.lib.bucket_key.name])} if {
	input.key.key_rotation_enabled == false
} else := {"status": "NOT_APPLICABLE", "reason": sprintf("%s is of a kind that does not rotate automatically", [data.lib.bucket_key.name])} if {
	input.key.key_rotation_enabled == null
} else := data.lib.bucket_key.unread
