package controls.sg.no_overlapping_rules

control := {
	"id": "SG-007",
	"title": "No other group of the same interface has the same inbound rule",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["group_id", "overlapping_rules"],
	"rationale": "Who removes a rule that another group of the interface repeats has closed nothing. Outbound rules are not meant: AWS gives every group the same.",
	"remediation": {
		"text": "Keep the rule in one of the groups and remove it from the others.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"cloudsploit": ["overlappingSecurityGroups"],
	},
}

verdict := {"status": "FAILED", "reason": sprintf("repeated: %s", [data.lib.reach.listed(texts, count(texts))])} if {
	count(texts) > 0
} else := {"status": "PASSED", "reason": "no inbound rule is repeated by a group of the same interface"} if {
	is_string(input.group_id)
	is_array(input.overlapping_rules)
} else := {"status": "NOT_AVAILABLE", "reason": "the groups of its interfaces were not compared"}

texts := [text |
	some rule in input.overlapping_rules
	text := sprintf("%s by %s on %s", [name(rule), rule.group_id, rule.interface_id])
]

name(rule) := rule.rule_id if {
	is_string(rule.rule_id)
} else := "a rule"
