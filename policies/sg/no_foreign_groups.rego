package controls.sg.no_foreign_groups

control := {
	"id": "SG-038",
	"title": "No inbound rule names a group of a strange account",
	"severity": "MEDIUM",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["account", "rules"],
	"rationale": "The owner of the other group decides which machines carry it, and so who is let in.",
	"remediation": {
		"text": "Remove the rule, or name the owner of the group in the parameter `trusted_accounts`.",
		"url": "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html",
	},
}

verdict := {"status": "FAILED", "reason": sprintf("groups of others: %s", [data.lib.reach.listed(strange, count(strange))])} if {
	count(strange) > 0
} else := {"status": "NOT_AVAILABLE", "reason": sprintf("the owners of %s were not read", [data.lib.reach.listed(ownerless, count(ownerless))])} if {
	count(ownerless) > 0
} else := {"status": "PASSED", "reason": "no inbound rule names a group of a strange account"} if {
	is_string(input.account)
	is_array(input.rules)
} else := {"status": "NOT_AVAILABLE", "reason": "the rules were not read"}

named := [rule.group | some rule in input.rules; rule.direction == "ingress"; is_object(rule.group)]

strange := [text |
	some group in named
	is_string(group.account)
	not group.account in data.lib.strangers.known
	text := sprintf("%s of %s", [group.group_id, group.account])
]

# A group without owner is the account's own, unless it is a peer's.
ownerless := [group.group_id | some group in named; not is_string(group.account); is_string(group.peering_status)]
