package controls.kms.deletion_leaves_time

control := {
	"id": "KMS-026",
	"title": "A scheduled deletion leaves enough time to notice",
	"severity": "HIGH",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "key_state", "deletion_date", "observed_at"],
	"rationale": "Until its date a deletion can be cancelled; afterwards everything that the key encrypted is lost. Seven days are over before anybody has looked.",
	"remediation": {
		"text": "Cancel the deletion, and schedule it anew with the longest waiting period once it is certain that nothing needs the key.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-scheduling-key-deletion.html",
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "NOT_APPLICABLE", "reason": "the key is not scheduled for deletion"} if {
	input.key_state in {"Creating", "Disabled", "Enabled", "PendingImport", "PendingReplicaDeletion", "Unavailable", "Updating"}
} else := {"status": "FAILED", "reason": sprintf("will be deleted on %s, in less than %d days", [input.deletion_date, days])} if {
	deleted - now < days * data.lib.moments.day
} else := {"status": "PASSED", "reason": sprintf("will be deleted on %s", [input.deletion_date])} if {
	input.key_manager == "CUSTOMER"
	input.key_state == "PendingDeletion"
	deleted - now >= days * data.lib.moments.day
} else := {"status": "NOT_AVAILABLE", "reason": "when the key will be deleted is not known"}

days := data.parameters.key_warning_days

deleted := data.lib.moments.nanoseconds(input.deletion_date)

now := data.lib.moments.nanoseconds(input.observed_at)
