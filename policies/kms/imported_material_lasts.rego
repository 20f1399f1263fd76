package controls.kms.imported_material_lasts

control := {
	"id": "KMS-024",
	"title": "Imported key material does not expire soon",
	"severity": "HIGH",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "origin", "valid_to", "observed_at"],
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
} else := {"status": "PASSED", "reason": "the material does not expire"} if {
	input.key_manager == "CUSTOMER"
	input.origin == "EXTERNAL"
	input.valid_to == null
} else := {"status": "FAILED", "reason": sprintf("the material expires on %s, in less than %d days", [input.valid_to, days])} if {
	expires - now < days * data.lib.moments.day
} else := {"status": "PASSED", "reason": sprintf("the material expires on %s", [input.valid_to])} if {
	input.key_manager == "CUSTOMER"
	input.origin == "EXTERNAL"
	expires - now >= days * data.lib.moments.day
} else := {"status": "NOT_AVAILABLE", "reason": "when the material expires is not known"}

days := data.parameters.key_warning_days

expires := data.lib.moments.nanoseconds(input.valid_to)

now := data.lib.moments.nanoseconds(input.observed_at)
