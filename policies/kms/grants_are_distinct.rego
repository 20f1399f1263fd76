package controls.kms.grants_are_distinct

control := {
	"id": "KMS-012",
	"title": "No two grants without a constraint say the same",
	"severity": "LOW",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "grants"],
	"rationale": "Whoever revokes one of two equal grants believes that access has ended, and it has not. What constraints say is not observed, so that constrained grants are not compared.",
	"remediation": {
		"text": "Revoke all but one of the equal grants.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html",
	},
	"related": {
		"cloudsploit": ["kmsDuplicateGrants"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "FAILED", "reason": sprintf("equal: %s", [data.lib.reach.listed(repeated, count(repeated))])} if {
	count(repeated) > 0
} else := {"status": "PASSED", "reason": "no two grants without a constraint say the same"} if {
	input.key_manager == "CUSTOMER"
	data.lib.grants.well_formed
} else := {"status": "NOT_AVAILABLE", "reason": "the grants are not readable"}

# Equal grants stand next to each other once sorted: a key may have tens of thousands.
repeated := [sprintf("grant %s", [entry[1]]) |
	some index, entry in entries
	index > 0
	entries[index - 1][0] == entry[0]
]

entries := sort([[[grant.grantee_principal, grant.retiring_principal, sort(grant.operations)], grant.grant_id] |
	some grant in data.lib.grants.all
	grant.constrained == false
	is_array(grant.operations)
])
