package controls.sg.no_whole_private_ranges

control := {
	"id": "SG-034",
	"title": "No inbound rule names a whole private range of IPv4",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16 (RFC 1918) are every peered VPC and every office, now and later, not the network that was meant.",
	"remediation": {
		"text": "Replace the range by the networks that are meant, or by the security groups of the clients.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"cloudsploit": ["securityGroupRfc1918"],
	},
}

verdict := {"status": "FAILED", "reason": sprintf("rules that name a whole private range: %s", [data.lib.group_rules.names(wide)])} if {
	count(wide) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
} else := {"status": "PASSED", "reason": "no inbound rule names a whole private range"} if {
	data.lib.reach.analysed
} else := data.lib.analysis.missing

wide := [rule | some rule in data.lib.group_rules.inbound; count(ranges & sources(rule)) > 0]

sources(rule) := {rule.cidr} if {
	is_string(rule.cidr)
} else := {cidr | some cidr in input.prefix_lists[rule.prefix_list].cidrs} if {
	is_string(rule.prefix_list)
} else := set()

doubts := [doubt | some doubt in input.analysis.reach.ingress.unresolved; doubt.prefix_list != null]

ranges := {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}
