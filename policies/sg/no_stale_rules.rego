package controls.sg.no_stale_rules

control := {
	"id": "SG-011",
	"title": "No rule names a group that is gone",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["group_id", "stale_rules"],
	"rationale": "A rule for a deleted group, or for one behind a deleted peering connection, lets nobody in and hides among those that do.",
	"remediation": {
		"text": "Remove the rules.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
}

verdict := {"status": "FAILED", "reason": sprintf("stale: %s", [data.lib.reach.listed(texts, count(texts))])} if {
	count(texts) > 0
} else := {"status": "PASSED", "reason": "no stale rule"} if {
	is_string(input.group_id)
	is_array(input.stale_rules)
} else := {"status": "NOT_AVAILABLE", "reason": "stale rules were not read"}

texts := [text |
	some rule in input.stale_rules
	text := sprintf("%s %s naming %s", [rule.direction, rule.protocol, data.lib.reach.listed(rule.groups, count(rule.groups))])
]
