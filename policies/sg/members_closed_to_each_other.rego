package controls.sg.members_closed_to_each_other

control := {
	"id": "SG-032",
	"title": "The members of the security group do not reach every port of each other",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["group_id", "rules"],
	"rationale": "If one member is taken over, the others lie open to it: a group that admits itself on every port does not slow anybody down who moves through the network.",
	"remediation": {
		"text": "Name the ports that the members need of each other, or remove the rule if they need none.",
		"url": "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-rules-reference.html",
	},
	"related": {
		"scoutsuite": ["ec2-security-group-opens-all-ports-to-self"],
	},
}

verdict := {"status": "FAILED", "reason": sprintf("rules that open every port to the group itself: %s", [data.lib.group_rules.names(wide)])} if {
	count(wide) > 0
} else := {"status": "PASSED", "reason": "no rule opens every port to the group itself"} if {
	data.lib.group_rules.known
} else := data.lib.group_rules.unread

wide := [rule |
	some rule in data.lib.group_rules.inbound
	rule.group.group_id == input.group_id
	data.lib.group_rules.opens_every_port(rule)
]
