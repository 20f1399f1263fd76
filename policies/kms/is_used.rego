package controls.kms.is_used

control := {
	"id": "KMS-008",
	"title": "The key is used",
	"severity": "LOW",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "key_state", "creation_date", "last_usage", "observed_at"],
	"rationale": "An enabled key that nobody uses costs money and is one more thing to guard. KMS records the last successful cryptographic operation of every key; what was encrypted before may still need it.",
	"remediation": {
		"text": "Disable the key and watch CloudTrail for DisabledException; if nobody misses it, schedule its deletion. The parameter `max_unused_key_days` says how long a key may rest.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-determining-usage.html",
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "NOT_APPLICABLE", "reason": sprintf("the key is %s, which KMS-007 judges", [input.key_state])} if {
	input.key_state in {"Creating", "Disabled", "PendingDeletion", "PendingImport", "PendingReplicaDeletion", "Unavailable", "Updating"}
} else := {"status": "PASSED", "reason": sprintf("used on %s", [used])} if {
	is_in_use
	recent(used)
} else := {"status": "FAILED", "reason": sprintf("used on %s, and not for %d days since", [used, days])} if {
	is_in_use
	past(used)
} else := {"status": "PASSED", "reason": sprintf("not used yet; made on %s", [input.creation_date])} if {
	is_in_use
	used == null
	recent(input.creation_date)
} else := {"status": "FAILED", "reason": sprintf("not used since KMS began to record it on %s", [input.last_usage.recorded_since])} if {
	is_in_use
	used == null
	past(input.last_usage.recorded_since)
} else := {"status": "NOT_AVAILABLE", "reason": "KMS does not tell, or has not recorded for long enough, whether the key is used"}

is_in_use if {
	input.key_manager == "CUSTOMER"
	input.key_state == "Enabled"
	is_number(data.lib.moments.nanoseconds(input.creation_date))
}

used := input.last_usage.last_used_at

recent(moment) if now - data.lib.moments.nanoseconds(moment) <= days * data.lib.moments.day

past(moment) if now - data.lib.moments.nanoseconds(moment) > days * data.lib.moments.day

now := data.lib.moments.nanoseconds(input.observed_at)

days := data.parameters.max_unused_key_days
