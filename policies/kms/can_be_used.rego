package controls.kms.can_be_used

control := {
	"id": "KMS-007",
	"title": "The key can be used, or waits to be deleted",
	"severity": "LOW",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "key_state"],
	"rationale": "A key that cannot be used protects nothing, costs money, and makes what it encrypted unreadable. A disabled key says nothing about whether it is needed.",
	"remediation": {
		"text": "Enable the key, import its material, or schedule its deletion when nothing is encrypted with it any more.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html",
	},
	"related": {
		"prowler": ["kms_cmk_are_used"],
		"steampipe": ["kms_cmk_unused"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "NOT_APPLICABLE", "reason": "the key waits to be deleted, which KMS.3 judges"} if {
	input.key_state in {"PendingDeletion", "PendingReplicaDeletion"}
} else := {"status": "FAILED", "reason": sprintf("the key is %s", [input.key_state])} if {
	input.key_state in {"Disabled", "PendingImport", "Unavailable"}
} else := {"status": "PASSED", "reason": sprintf("the key is %s", [input.key_state])} if {
	input.key_manager == "CUSTOMER"
	input.key_state in {"Creating", "Enabled", "Updating"}
} else := {"status": "NOT_AVAILABLE", "reason": "the state of the key is not known"}
