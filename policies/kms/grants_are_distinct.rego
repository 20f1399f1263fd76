package controls.kms.grants_are_distinct

control := {
	"id": "KMS-012",
	"title": "No two grants say the same",
	"severity": "LOW",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "grants"],
	"rationale": "Whoever revokes one of two equal grants believes that access has ended, and it has not.",
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
} else := {"status": "PASSED", "reason": "no two grants say the same"} if {
	input.key_manager == "CUSTOMER"
	data.lib.grants.well_formed
} else := {"status": "NOT_AVAILABLE", "reason": "the grants are not readable"}

# What a constraint says is not known here, so that constrained grants are not compared.
repeated := [sprintf("grant %s", [grant.grant_id]) |
	some index, grant in data.lib.grants.all
	grant.constrained == false
	count([1 | some earlier, other in data.lib.grants.all; earlier < index; same(other, grant)]) > 0
]

same(one, other) if {
	one.constrained == false
	one.grantee_principal == other.grantee_principal
	one.retiring_principal == other.retiring_principal
	{operation | some operation in one.operations} == {operation | some operation in other.operations}
}
