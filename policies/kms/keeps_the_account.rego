package controls.kms.keeps_the_account

control := {
	"id": "KMS-021",
	"title": "The key policy lets the account itself administer the key",
	"severity": "MEDIUM",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "key_policy"],
	"rationale": "Without an unconditional statement for the account, IAM policies give no access; when the last named principal is deleted, only AWS Support can bring the key back.",
	"remediation": {
		"text": "Add the default statement again: the root of the account with kms:* and no condition.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
	},
	"related": {},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	data.lib.policy.aws_managed
} else := {"status": "PASSED", "reason": "the account may change the key policy"} if {
	data.lib.policy.is_key_policy
	input.analysis.policy.keeps_account == true
} else := {"status": "FAILED", "reason": "no unconditional statement lets the account change the key policy"} if {
	input.analysis.policy.keeps_account == false
} else := data.lib.analysis.missing
