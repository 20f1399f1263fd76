package controls.kms.administration_apart_from_use

control := {
	"id": "KMS-022",
	"title": "Nobody but the account itself may both administer the key and use it",
	"severity": "MEDIUM",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "key_policy"],
	"rationale": "Whoever has kms:* can read what the key encrypts and can also rewrite its policy or delete it. Keeping the two apart limits what one stolen role can do.",
	"remediation": {
		"text": "Split the statement: kms:Create*, kms:Put*, kms:Delete* and the like for administrators; kms:Encrypt, kms:Decrypt and kms:GenerateDataKey* for users.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
	},
	"related": {},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	data.lib.policy.aws_managed
} else := {"status": "PASSED", "reason": "administration and use are separated"} if {
	data.lib.policy.is_key_policy
	input.analysis.policy.administrators_with_use == []
} else := {"status": "FAILED", "reason": sprintf("both are allowed to %s", [concat(", ", names)])} if {
	count(names) > 0
} else := data.lib.analysis.missing

names := input.analysis.policy.administrators_with_use if is_array(input.analysis.policy.administrators_with_use)
