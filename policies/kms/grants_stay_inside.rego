package controls.kms.grants_stay_inside

control := {
	"id": "KMS-014",
	"title": "Grants go to principals of the Organization or of trusted accounts, and what leaves the account is bounded",
	"severity": "HIGH",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "grants"],
	"rationale": "A grant lets another account use the key, and neither the key policy nor IAM shows it. One to a trusted account that nothing constrains and nobody there can retire fails with low severity.",
	"remediation": {
		"text": "Revoke the grant, or name the account in the parameter `trusted_accounts` and give the grant a constraint or a retiring principal.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html",
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "FAILED", "reason": sprintf("granted to %s", [data.lib.reach.listed(strangers, count(strangers))])} if {
	count(strangers) > 0
} else := {"status": "FAILED", "severity": "LOW", "reason": sprintf("unbounded: %s", [data.lib.reach.listed(unbounded, count(unbounded))])} if {
	count(unbounded) > 0
} else := {"status": "NOT_AVAILABLE", "reason": sprintf("whom it is for is not known: %s", [data.lib.reach.listed(unnamed, count(unnamed))])} if {
	count(unnamed) > 0
} else := {"status": "PASSED", "reason": "no grant goes outside"} if {
	input.key_manager == "CUSTOMER"
	data.lib.grants.well_formed
} else := {"status": "NOT_AVAILABLE", "reason": "the grants are not readable"}

strangers := sort({sprintf("account %s", [account]) |
	some grant in data.lib.grants.all
	account := data.lib.grants.account(grant)
	not account in inside
})

unbounded := [sprintf("grant %s", [grant.grant_id]) |
	some grant in data.lib.grants.all
	data.lib.grants.account(grant) != input.account
	grant.constrained == false
	grant.retiring_principal == null
]

unnamed := [sprintf("grant %s", [grant.grant_id]) |
	some grant in data.lib.grants.all
	count([1 | data.lib.grants.account(grant)]) == 0
	count([1 | data.lib.grants.to_service(grant)]) == 0
]

inside := {account | some account in data.parameters.trusted_accounts} |
	{account | some account in data.parameters.organization_accounts} |
	{input.account}
