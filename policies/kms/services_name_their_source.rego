package controls.kms.services_name_their_source

control := {
	"id": "KMS-023",
	"title": "AWS services that the key policy lets in act for a named account, resource or Organization",
	"severity": "MEDIUM",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "key_policy"],
	"rationale": "A service works for every AWS customer. Without aws:SourceAccount, aws:SourceArn, aws:SourceOrgID or the service's own encryption context somebody else can make it use the key. kms:ViaService says only which service asks.",
	"remediation": {
		"text": "Add a condition on aws:SourceAccount, aws:SourceArn or the service's encryption context to the statements for service principals.",
		"url": "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
	},
	"related": {},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	data.lib.policy.aws_managed
} else := {"status": "PASSED", "reason": "every service is tied to a source"} if {
	data.lib.policy.is_key_policy
	input.analysis.policy.services_without_source == []
} else := {"status": "FAILED", "reason": sprintf("no source is fixed for %s", [concat(", ", names)])} if {
	count(names) > 0
} else := data.lib.analysis.missing

names := input.analysis.policy.services_without_source if is_array(input.analysis.policy.services_without_source)
