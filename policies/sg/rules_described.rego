package controls.sg.rules_described

control := {
	"id": "SG-008",
	"title": "Every rule of the security group has a description",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules"],
	"rationale": "A rule that does not say who needs it is never removed, because nobody dares to.",
	"remediation": {
		"text": "Write into the description of each rule whom it lets in and for what.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/working-with-security-group-rules.html",
	},
	"related": {
		"trivy": ["AVD-AWS-0124"],
		"checkov": ["CKV_AWS_23"],
	},
}

verdict := {"status": "FAILED", "reason": sprintf("without a description: %s", [data.lib.group_rules.names(undescribed)])} if {
	count(undescribed) > 0
} else := {"status": "PASSED", "reason": "no rule lacks a description"} if {
	data.lib.group_rules.known
} else := data.lib.group_rules.unread

undescribed := [rule | some rule in input.rules; rule.described == false]
