package controls.kms.not_pending_deletion

control := {
	"id": "KMS.3",
	"title": "The key is not scheduled for deletion",
	"severity": "CRITICAL",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "key_state"],
	"rationale": "Once a key is deleted, what it encrypted is lost for ever. Until then the deletion can be cancelled.",
	"remediation": {
		"text": "Cancel the deletion and enable the key again, unless nothing is encrypted with it any more.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-scheduling-key-deletion.html",
	},
	"related": {
		"security_hub": ["KMS.3"],
		"prowler": ["kms_cmk_not_deleted_unintentionally"],
		"config": ["kms-cmk-not-scheduled-for-deletion"],
		"steampipe": ["kms_key_not_pending_deletion"],
		"cloudsploit": ["kmsScheduledDeletion"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "FAILED", "reason": sprintf("the key will be deleted%s%s", [date_text, buckets_text])} if {
	input.key_state in {"PendingDeletion", "PendingReplicaDeletion"}
} else := {"status": "PASSED", "reason": sprintf("the key is %s", [input.key_state])} if {
	input.key_manager == "CUSTOMER"
	input.key_state in {"Creating", "Enabled", "Disabled", "PendingImport", "Unavailable", "Updating"}
} else := {"status": "NOT_AVAILABLE", "reason": "the state of the key is not known"}

date_text := sprintf(" on %s", [input.deletion_date]) if {
	is_string(input.deletion_date)
} else := ""

buckets_text := sprintf("; buckets that use it: %d", [count(input.buckets)]) if {
	count(input.buckets) > 0
} else := ""
