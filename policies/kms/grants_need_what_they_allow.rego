package controls.kms.grants_need_what_they_allow

control := {
	"id": "KMS-011",
	"title": "No grant lets its grantee use the key in every way, or pass that on, without a constraint",
	"severity": "MEDIUM",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "grants"],
	"rationale": "A grant is a permission that no policy shows. One that may create further grants, or that allows all of encrypting, decrypting and encrypting anew, makes its grantee a second owner.",
	"remediation": {
		"text": "Create the grant anew with the operations that the grantee needs and an encryption context constraint, then revoke the old one.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/grants.html",
	},
	"related": {
		"cloudsploit": ["kmsGrantLeastPrivilege"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "FAILED", "reason": sprintf("broad: %s", [data.lib.reach.listed(broad, count(broad))])} if {
	count(broad) > 0
} else := {"status": "PASSED", "reason": "no grant is broad"} if {
	input.key_manager == "CUSTOMER"
	data.lib.grants.well_formed
} else := {"status": "NOT_AVAILABLE", "reason": "the grants are not readable"}

broad := [sprintf("grant %s", [grant.grant_id]) |
	some grant in data.lib.grants.all
	grant.constrained == false
	is_broad(grant)
]

is_broad(grant) if "CreateGrant" in grant.operations

is_broad(grant) if count(everything - {operation | some operation in grant.operations}) == 0

# What a grant on a symmetric key can allow beside management (KMS Developer Guide, "Grants in AWS KMS").
everything := {"Decrypt", "Encrypt", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo"}
