package controls.sg.few_rules

control := {
	"id": "SG-005",
	"title": "The security group has few rules in each direction",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules"],
	"rationale": "Nobody sees what a group with very many rules lets through. Few are at most `max_rules_per_group` inbound and as many outbound, by default 50.",
	"remediation": {
		"text": "Unite rules that say the same of adjacent ranges, put networks that belong together into a prefix list, or split the group.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_with_many_ingress_egress_rules"],
	},
}

verdict := {"status": "FAILED", "reason": sprintf("%s; %d are few", [counts, most])} if {
	max([inbound, outbound]) > most
} else := {"status": "PASSED", "reason": counts} if {
	data.lib.group_rules.known
} else := data.lib.group_rules.unread

inbound := count(data.lib.group_rules.inbound)

outbound := count(data.lib.group_rules.outbound)

counts := sprintf("%d inbound and %d outbound rules", [inbound, outbound])

most := number if {
	number := data.parameters.max_rules_per_group
} else := 50
