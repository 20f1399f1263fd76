package controls.sg.no_prefix_list_open_to_world

control := {
	"id": "SG-028",
	"title": "No prefix list lets in the whole internet or wide public ranges",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "A rule shows only the id of the prefix list, and whoever may change the list changes the rule. Lists that AWS keeps may be wide, but never the whole internet.",
	"remediation": {
		"text": "Remove the wide entries from the prefix list, or name the meant networks in the rules.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html",
	},
}

verdict := {"status": "FAILED", "severity": data.lib.reach.severity(control.severity), "reason": sprintf("the whole internet is in %s; %s", [texts(world), way])} if {
	count(world) > 0
} else := {"status": "FAILED", "severity": data.lib.reach.severity("MEDIUM"), "reason": sprintf("wide public ranges are in %s; %s", [texts(wide), way])} if {
	count(wide) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
} else := {"status": "PASSED", "reason": sprintf("%d prefix lists named, none of them open", [count(lists)])} if {
	data.lib.reach.analysed
} else := data.lib.analysis.missing

way := data.lib.exposure.way(data.lib.exposure.of_group)

lists := input.analysis.reach.ingress.prefix_lists

world := [list | some list in lists; count(list.world) > 0]

wide := [list | some list in lists; list.aws_managed == false; count(list.wide) > 0]

doubts := [doubt | some doubt in input.analysis.reach.ingress.unresolved; doubt.prefix_list != null]

texts(named) := data.lib.reach.listed([text | some list in named; text := list_text(list)], count(named))

list_text(list) := sprintf("%s%s (%s)", [list.id, owner_text(list), data.lib.reach.listed(list.rules, list.rule_count)])

owner_text(list) := sprintf(" of %s", [list.owner]) if {
	list.owner != null
} else := ""
