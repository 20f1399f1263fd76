package controls.kms.required_tags

control := {
	"id": "KMS-017",
	"title": "The key has the required tags",
	"severity": "LOW",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "tags"],
	"rationale": "Without an owner's tag nobody answers for a key, and nobody dares to delete it.",
	"remediation": {
		"text": "Add the tags that the parameter `required_tags` names, with a value each.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/tagging-keys.html",
	},
	"related": {
		"config": ["kms-key-tagged", "required-tags"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "NOT_APPLICABLE", "reason": "no tags are required"} if {
	count(required) == 0
} else := {"status": "FAILED", "reason": sprintf("missing: %s", [concat(", ", missing)])} if {
	count(missing) > 0
} else := {"status": "PASSED", "reason": sprintf("has %s", [concat(", ", required)])} if {
	input.key_manager == "CUSTOMER"
	is_object(input.tags)
} else := {"status": "NOT_AVAILABLE", "reason": "the tags are not readable"}

required := {key | some key in data.parameters.required_tags}

# An empty value answers nothing; what is no text is not readable.
missing := {key |
	is_object(input.tags)
	some key in required
	object.get(input.tags, key, "") in {"", null}
}
