package controls.kms.not_disabled

control := {
	"id": "KMS-009",
	"title": "The key is not disabled",
	"severity": "INFORMATIONAL",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "key_state"],
	"rationale": "Whatever a disabled key encrypted cannot be read. Disabling is the right step before deleting a key, and a wrong one to forget.",
	"remediation": {
		"text": "Enable the key, or schedule its deletion when nothing is encrypted with it any more.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html",
	},
	"related": {
		"checkov": ["CKV_AWS_227"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "FAILED", "reason": "the key is Disabled"} if {
	input.key_state == "Disabled"
} else := {"status": "PASSED", "reason": sprintf("the key is %s", [input.key_state])} if {
	input.key_manager == "CUSTOMER"
	input.key_state in {"Creating", "Enabled", "PendingDeletion", "PendingImport", "PendingReplicaDeletion", "Unavailable", "Updating"}
} else := {"status": "NOT_AVAILABLE", "reason": "the state of the key is not known"}
