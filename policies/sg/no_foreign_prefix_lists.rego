package controls.sg.no_foreign_prefix_lists

control := {
	"id": "SG-029",
	"title": "No rule names a prefix list of a strange account",
	"severity": "MEDIUM",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["account", "rules", "prefix_lists"],
	"rationale": "Whoever owns the list decides who is let in, and may change it without a word.",
	"remediation": {
		"text": "Copy the entries that are meant into a list of your own, or name the owner in the parameter `trusted_accounts`.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/sharing-managed-prefix-lists.html",
	},
}

verdict := {"status": "FAILED", "reason": sprintf("lists of others: %s", [data.lib.reach.listed(strange, count(strange))])} if {
	count(strange) > 0
} else := {"status": "NOT_AVAILABLE", "reason": sprintf("the owners of %s were not read", [data.lib.reach.listed(unread, count(unread))])} if {
	count(unread) > 0
} else := {"status": "PASSED", "reason": "no prefix list of a strange account"} if {
	data.lib.reach.analysed
} else := data.lib.analysis.missing

lists := array.concat(input.analysis.reach.ingress.prefix_lists, input.analysis.reach.egress.prefix_lists)

strange := [text |
	some list in lists
	is_string(list.owner)
	not list.owner in data.lib.strangers.known | {"AWS"}
	text := sprintf("%s of %s", [list.id, list.owner])
]

unread := array.concat(
	[list.id | some list in lists; not is_string(list.owner)],
	[id | some id in input.analysis.reach.unresolved_prefix_lists],
)
