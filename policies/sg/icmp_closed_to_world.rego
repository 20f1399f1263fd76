package controls.sg.icmp_closed_to_world

control := {
	"id": "SG-030",
	"title": "ICMP is closed to the whole internet",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Whoever may ping and trace sees which hosts exist and how the network is built. Rules for all protocols count as well.",
	"remediation": {
		"text": "Restrict the source of the rules to the hosts that watch the network.",
		"url": "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-rules-reference.html",
	},
	"related": {
		"scoutsuite": ["ec2-security-group-opens-icmp-to-all"],
	},
}

verdict := {"status": "FAILED", "severity": severity, "reason": sprintf("open to the whole internet: %s", [data.lib.reach.describe(open)])} if {
	count(open) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
} else := {"status": "PASSED", "reason": "ICMP is closed to the whole internet"} if {
	data.lib.reach.analysed
} else := data.lib.analysis.missing

severity := data.lib.reach.severity(control.severity)

open := [opening | some opening in input.analysis.reach.ingress.world; opening.protocol in protocols]

doubts := [doubt | some doubt in input.analysis.reach.ingress.unresolved; doubt.protocol in protocols]

protocols := {"icmp", "icmpv6", "all"}
