package controls.s3.readable_in_full

control := {
	"id": "S3-069",
	"title": "Nothing keeps the audit from reading the configuration of the bucket",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["unknown"],
	"rationale": "A bucket that denies its own auditors hides whatever is wrong with it. Each control that needs what was denied is not available; this one says who is behind it.",
	"remediation": {
		"text": "Take the explicit denial out of the bucket policy, the service control policy or the resource control policy, or except the audit role from it.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",
	},
}

# What AWS answers to somebody who may not (Amazon S3 API Reference, "Error responses").
denials := {"AccessDenied", "AccessDeniedException", "AllAccessDisabled", "Http403"}

verdict := {"status": "FAILED", "reason": sprintf("denied: %s", [concat(", ", denied)])} if {
	count(denied) > 0
} else := {"status": "NOT_AVAILABLE", "reason": concat(", ", unanswered)} if {
	count(own) > 0
} else := {"status": "PASSED", "reason": "everything was read"} if {
	is_object(input.unknown)
} else := {"status": "NOT_AVAILABLE", "reason": "what was read is not known"}

denied := {refusal.operation |
	some refusal in own
	refusal.code in denials
}

unanswered := {sprintf("%s answered %s", [refusal.operation, refusal.code]) | some refusal in own}

# The account's own settings are the account's matter; a malformed policy was read.
own := [refusal |
	is_object(input.unknown)
	some field, refusal in input.unknown
	field != "account_public_access_block"
	not malformed(refusal)
]

malformed(refusal) if refusal.code == "MalformedPolicy"
