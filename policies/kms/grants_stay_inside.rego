package controls.kms.grants_stay_inside

control := {
	"id": "KMS-014",
	"title": "Grants go to principals of the Organization or of trusted accounts",
	"severity": "HIGH",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "grants"],
	"rationale": "A grant lets another account use the key, and neither the key policy nor IAM shows it.",
	"remediation": {
		"text": "Revoke the grant, or name the account in the parameter `trusted_accounts`.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html",
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "FAILED", "reason": sprintf("granted to %s", [data.lib.reach.listed(strangers, count(strangers))])} if {
	count(strangers) > 0
} else := {"status": "NOT_AVAILABLE", "reason": "a grant does not say whom it is for"} if {
	count(unnamed) > 0
} else := {"status": "PASSED", "reason": "no grant goes outside"} if {
	input.key_manager == "CUSTOMER"
	data.lib.grants.well_formed
} else := {"status": "NOT_AVAILABLE", "reason": "the grants are not readable"}

strangers := sort({sprintf("account %s", [account]) |
	some grant in data.lib.grants.all
	is_string(grant.grantee_principal)
	account := split(grant.grantee_principal, ":")[4]
	account != ""
	not account in inside
})

unnamed := [grant.grant_id |
	some grant in data.lib.grants.all
	not is_string(grant.grantee_principal)
]

inside := {account | some account in data.parameters.trusted_accounts} |
	{account | some account in data.parameters.organization_accounts} |
	{input.account}
