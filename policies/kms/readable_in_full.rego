package controls.kms.readable_in_full

control := {
	"id": "KMS-028",
	"title": "Nothing keeps the audit from reading the key and its policy",
	"severity": "MEDIUM",
	"resource_type": "AwsKmsKey",
	"reads": ["unknown"],
	"rationale": "A key that denies its own auditors hides whom it lets in. Each control that needs what was denied is not available; this one says what was denied.",
	"remediation": {
		"text": "Allow the audit role to read the key in the key policy, and take explicit denials out of it and of the service control policies.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html",
	},
}

# What KMS answers to somebody who may not (KMS API Reference, "Common Errors").
denials := {"AccessDenied", "AccessDeniedException"}

verdict := {"status": "FAILED", "reason": sprintf("denied: %s", [concat(", ", denied)])} if {
	count(denied) > 0
} else := {"status": "NOT_AVAILABLE", "reason": concat(", ", unanswered)} if {
	count(refusals) > 0
} else := {"status": "PASSED", "reason": "everything was read"} if {
	is_object(input.unknown)
} else := {"status": "NOT_AVAILABLE", "reason": "what was read is not known"}

denied := {refusal.operation |
	some refusal in refusals
	refusal.code in denials
}

unanswered := {sprintf("%s answered %s", [refusal.operation, refusal.code]) | some refusal in refusals}

# A malformed policy was read.
refusals := [refusal |
	is_object(input.unknown)
	some refusal in input.unknown
	not malformed(refusal)
]

malformed(refusal) if refusal.code == "MalformedPolicy"
