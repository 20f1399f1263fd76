package controls.kms.has_alias

control := {
	"id": "KMS-029",
	"title": "The key has an alias",
	"severity": "INFORMATIONAL",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "aliases"],
	"rationale": "People and programs that name a key by its id name the wrong one sooner or later. An alias says what it is for.",
	"remediation": {
		"text": "Create an alias for the key.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html",
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "FAILED", "reason": "no alias names the key"} if {
	input.aliases == []
} else := {"status": "PASSED", "reason": sprintf("named by %s", [data.lib.reach.listed(names, count(names))])} if {
	input.key_manager == "CUSTOMER"
	count(names) > 0
} else := {"status": "NOT_AVAILABLE", "reason": "the aliases are not readable"}

names := [alias |
	is_array(input.aliases)
	some alias in input.aliases
	is_string(alias)
]
