package controls.kms.imported_material_lasts

control := {
	"id": "KMS-024",
	"title": "Imported key material does not expire soon",
	"severity": "HIGH",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "origin", "key_state", "valid_to", "observed_at"],
	"rationale": "When imported material expires KMS deletes it, and what the key encrypted cannot be read until the same material is imported again.",
	"remediation": {
		"text": "Import the same key material again with a later expiry, or without one.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-import-key-material.html",
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "NOT_APPLICABLE", "reason": "no material was imported"} if {
	input.origin in {"AWS_CLOUDHSM", "AWS_KMS", "EXTERNAL_KEY_STORE"}
} else := {"status": "NOT_APPLICABLE", "reason": "the key has no material, as KMS-007 says"} if {
	input.key_state == "PendingImport"
} else := {"status": "PASSED", "reason": "the material does not expire"} if {
	has_material
	input.valid_to == null
} else := {"status": "FAILED", "reason": sprintf("the material expires on %s, in less than %d days", [input.valid_to, days])} if {
	expires - now < days * data.lib.moments.day
} else := {"status": "PASSED", "reason": sprintf("the material expires on %s", [input.valid_to])} if {
	has_material
	expires - now >= days * data.lib.moments.day
} else := {"status": "NOT_AVAILABLE", "reason": "when the material expires is not known"}

# KMS names no date for material that has expired already: then the key is PendingImport.
has_material if {
	input.key_manager == "CUSTOMER"
	input.origin == "EXTERNAL"
	input.key_state in {"Disabled", "Enabled", "PendingDeletion", "PendingReplicaDeletion", "Updating"}
}

days := data.parameters.key_warning_days

expires := data.lib.moments.nanoseconds(input.valid_to)

now := data.lib.moments.nanoseconds(input.observed_at)
