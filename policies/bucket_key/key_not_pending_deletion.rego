package controls.bucket_key.key_not_pending_deletion

control := {
	"id": "SK-002",
	"title": "The bucket's key is not scheduled for deletion",
	"severity": "CRITICAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["key"],
	"linked_control": "KMS.3",
	"rationale": "When the key is deleted, every object that it encrypted is lost. The finding on the key does not say which buckets die with it; this one does.",
	"remediation": {
		"text": "Cancel the deletion of the key, or copy the objects to another key before the date.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-scheduling-key-deletion.html",
	},
}

verdict := data.lib.bucket_key.aws_key if {
	data.lib.bucket_key.aws_managed
} else := data.lib.bucket_key.other_account if {
	data.lib.bucket_key.foreign
} else := data.lib.bucket_key.no_key if {
	data.lib.bucket_key.missing
} else := {"status": "FAILED", "reason": sprintf("%s will be deleted%s", [data.lib.bucket_key.name, date_text])} if {
	input.key.key_state in {"PendingDeletion", "PendingReplicaDeletion"}
} else := {"status": "PASSED", "reason": sprintf("%s is %s", [data.lib.bucket_key.name, input.key.key_state])} if {
	data.lib.bucket_key.understood
	input.key.key_state in {"Creating", "Enabled", "Disabled", "PendingImport", "Unavailable", "Updating"}
} else := data.lib.bucket_key.unread

date_text := sprintf(" on %s", [input.key.deletion_date]) if {
	is_string(input.key.deletion_date)
} else := ""
