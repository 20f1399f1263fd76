package controls.sg.rules_resolved

control := {
	"id": "SG-046",
	"title": "Every rule of the security group can be read and resolved",
	"severity": "MEDIUM",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Where a rule's sources cannot be told, no control about open ports can pass. Rules that were refused altogether are NOT_AVAILABLE here as everywhere; this names what remains in the dark of those that were read.",
	"remediation": {
		"text": "Let the audit role read the prefix lists, or have their owner share them with the account.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html",
	},
}

verdict := {"status": "FAILED", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
} else := {"status": "PASSED", "reason": "the sources of every rule are known"} if {
	data.lib.reach.analysed
} else := data.lib.analysis.missing

reach := input.analysis.reach

doubts := array.concat(reach.ingress.unresolved, reach.egress.unresolved)
