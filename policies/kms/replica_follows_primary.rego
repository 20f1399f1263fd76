package controls.kms.replica_follows_primary

control := {
	"id": "KMS-027",
	"title": "A replica has the key policy and the state of its primary",
	"severity": "LOW",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "key_state", "primary"],
	"rationale": "The keys of a multi-Region set have the same material, but AWS keeps neither their policies nor their states equal: who is kept out of one key, or believes it disabled, reads the same data with another.",
	"remediation": {
		"text": "Give the replica the key policy of its primary, and enable or disable both.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html",
	},
	"related": {},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "NOT_APPLICABLE", "reason": "the key is no replica of another one"} if {
	input.primary == null
} else := {"status": "FAILED", "reason": sprintf("%s than its primary in %s", [concat(" and ", differences), input.primary.region])} if {
	count(differences) > 0
} else := {"status": "PASSED", "reason": sprintf("it has the key policy and the state of its primary in %s", [input.primary.region])} if {
	input.key_manager == "CUSTOMER"
	input.primary.same_policy == true
	input.key_state in lasting | passing
	input.primary.key_state in lasting | passing
} else := {"status": "NOT_AVAILABLE", "reason": "the key could not be compared with its primary"}

differences := array.concat(
	["another key policy" | input.primary.same_policy == false],
	[sprintf("another state (%s, not %s)", [input.key_state, input.primary.key_state]) | states_differ],
)

states_differ if {
	input.key_state in lasting
	input.primary.key_state in lasting
	input.key_state != input.primary.key_state
}

lasting := {"Disabled", "Enabled", "PendingDeletion", "PendingImport", "PendingReplicaDeletion", "Unavailable"}

# A key is on its way to one of the others, which the next run sees.
passing := {"Creating", "Updating"}
