package controls.bucket_key.key_usable

control := {
	"id": "SK-001",
	"title": "The bucket's key exists and is enabled",
	"severity": "CRITICAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["key"],
	"rationale": "While the key is disabled, pending or gone, objects of the bucket can be neither read nor written; once it is deleted, never again.",
	"remediation": {
		"text": "Enable the key, cancel its deletion, or name another key in the bucket's default encryption and copy the objects while the old key still works.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html",
	},
}

verdict := data.lib.bucket_key.aws_key if {
	data.lib.bucket_key.aws_managed
} else := data.lib.bucket_key.other_account if {
	data.lib.bucket_key.foreign
} else := {"status": "FAILED", "reason": sprintf("%s does not exist", [data.lib.bucket_key.name])} if {
	data.lib.bucket_key.missing
} else := {"status": "PASSED", "reason": sprintf("%s is %s", [data.lib.bucket_key.name, input.key.key_state])} if {
	data.lib.bucket_key.understood
	input.key.key_state in usable
} else := {"status": "FAILED", "reason": sprintf("%s is %s", [data.lib.bucket_key.name, input.key.key_state])} if {
	is_string(input.key.key_state)
} else := data.lib.bucket_key.unread

# A key that is being updated (a multi-Region key whose primary changes) still encrypts and decrypts.
usable := {"Enabled", "Updating"}
