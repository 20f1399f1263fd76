package controls.kms.rotation_period

control := {
	"id": "KMS-002",
	"title": "The key rotates at least as often as required",
	"severity": "LOW",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "key_rotation_enabled", "rotation_period_days"],
	"rationale": "The longer the period, the more is encrypted with the same key material. Whether the key rotates at all is another control.",
	"remediation": {
		"text": "Enable rotation with a period of at most the days that the parameter `max_rotation_days` names.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-enable.html",
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "NOT_APPLICABLE", "reason": "the key does not rotate by itself"} if {
	input.key_rotation_enabled in {false, null}
} else := {"status": "FAILED", "reason": sprintf("rotates every %d days; required are %d at most", [input.rotation_period_days, most])} if {
	is_number(input.rotation_period_days)
	input.rotation_period_days > most
} else := {"status": "PASSED", "reason": sprintf("rotates every %d days", [input.rotation_period_days])} if {
	input.key_manager == "CUSTOMER"
	input.key_rotation_enabled == true
	is_number(input.rotation_period_days)
} else := {"status": "NOT_AVAILABLE", "reason": "the rotation period is not known"}

most := data.parameters.max_rotation_days
