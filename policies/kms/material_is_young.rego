package controls.kms.material_is_young

control := {
	"id": "KMS-003",
	"title": "The key material is no older than required",
	"severity": "LOW",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "key_state", "creation_date", "last_rotation_date", "observed_at"],
	"rationale": "That rotation is enabled says nothing of when the material was last changed, and keys that KMS cannot rotate by itself grow old unnoticed. What counts is the last rotation, by KMS or on demand, or else the day the key was made.",
	"remediation": {
		"text": "Rotate the key on demand, or where KMS rotates no such key, make a new one and use that. The parameter `max_key_material_age_days` says how old material may be.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "NOT_APPLICABLE", "reason": "the key waits to be deleted"} if {
	input.key_state in {"PendingDeletion", "PendingReplicaDeletion"}
} else := {"status": "FAILED", "reason": sprintf("%s, more than %d days ago", [made, days])} if {
	now - since > days * data.lib.moments.day
} else := {"status": "PASSED", "reason": made} if {
	input.key_manager == "CUSTOMER"
	input.key_state in {"Creating", "Disabled", "Enabled", "PendingImport", "Unavailable", "Updating"}
	is_number(data.lib.moments.nanoseconds(input.creation_date))
	now - since <= days * data.lib.moments.day
} else := {"status": "NOT_AVAILABLE", "reason": "the age of the key material is not known"}

made := sprintf("the key was made on %s and never rotated", [input.creation_date]) if {
	input.last_rotation_date == null
} else := sprintf("the key was last rotated on %s", [input.last_rotation_date])

since := data.lib.moments.nanoseconds(input.creation_date) if {
	input.last_rotation_date == null
} else := data.lib.moments.nanoseconds(input.last_rotation_date)

now := data.lib.moments.nanoseconds(input.observed_at)

days := data.parameters.max_key_material_age_days
