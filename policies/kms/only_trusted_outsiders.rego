package controls.kms.only_trusted_outsiders

control := {
	"id": "KMS-006",
	"title": "The key policy lets in no account outside the Organization that is not trusted",
	"severity": "HIGH",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "key_policy"],
	"rationale": "An account that nobody here runs keeps its access for as long as the policy says so, whoever runs it tomorrow. Trusted are the Organization's accounts and those in the parameter trusted_accounts.",
	"remediation": {
		"text": "Take the account out of the key policy, bind it with aws:PrincipalOrgID, or name it in trusted_accounts if it is trusted.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html",
	},
	"related": {
		"cloudsploit": ["kmsKeyPolicy"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	data.lib.policy.aws_managed
} else := {"status": "FAILED", "reason": sprintf("let in: %s", [concat(", ", data.lib.policy.untrusted)])} if {
	count(data.lib.policy.untrusted) > 0
} else := {"status": "NOT_AVAILABLE", "reason": sprintf("the account of %s is not known", [concat(", ", unresolved)])} if {
	count(unresolved) > 0
} else := {"status": "PASSED", "reason": "nobody untrusted is let in"} if {
	data.lib.policy.is_key_policy
	data.lib.policy.untrusted == []
	unresolved == []
} else := data.lib.analysis.missing

unresolved := input.analysis.policy.unresolved_principals if is_array(input.analysis.policy.unresolved_principals)
