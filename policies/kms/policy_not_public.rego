package controls.kms.policy_not_public

control := {
	"id": "KMS.5",
	"title": "The key policy does not let everyone in",
	"severity": "CRITICAL",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "key_policy"],
	"rationale": "Whoever may use the key can read what it encrypts. A wildcard principal is public unless a condition fixes who calls or from where; kms:ViaService alone does not.",
	"remediation": {
		"text": "Name the principals in the key policy, or add a condition on aws:PrincipalOrgID or kms:CallerAccount.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying.html",
	},
	"related": {
		"security_hub": ["KMS.5"],
		"prowler": ["kms_key_not_publicly_accessible"],
		"config": ["kms-key-policy-no-public-access"],
		"cis": ["2.21"],
		"steampipe": ["kms_cmk_policy_prohibit_public_access"],
		"cloudsploit": ["kmsKeyPolicy"],
		"electriceye": ["KMS.2"],
		"checkov": ["CKV_AWS_33"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	data.lib.policy.aws_managed
} else := {"status": "FAILED", "reason": sprintf("everyone is let in by %s", [data.lib.policy.public_statements])} if {
	input.analysis.policy.public == true
} else := {"status": "PASSED", "reason": "the key policy does not let everyone in"} if {
	data.lib.policy.is_key_policy
	input.analysis.policy.public == false
} else := data.lib.analysis.missing
