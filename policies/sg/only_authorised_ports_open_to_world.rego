package controls.sg.only_authorised_ports_open_to_world

control := {
	"id": "EC2.18",
	"title": "Only authorised ports are open to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Everything but what is meant for the public (by default TCP 80 and 443) needs a narrower source. Rules that together name the whole internet count as well: split ranges, prefix lists, and ports that only several rules open.",
	"remediation": {
		"text": "Restrict the source of the rules, or add ports that are meant for the public to the parameters `allowed_tcp_ports` or `allowed_udp_ports`.",
		"url": "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18",
	},
	"related": {
		"security_hub": ["EC2.18"],
		"config": ["vpc-sg-open-only-to-authorized-ports"],
		"steampipe": ["vpc_security_group_allows_ingress_authorized_ports"],
		"cloudsploit": ["allowedCustomPorts"],
	},
}

verdict := data.lib.exposure.failed(control.severity, open) if {
	count(open) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
} else := {"status": "PASSED", "reason": "no other TCP or UDP port than the authorised ones is open to the whole internet"} if {
	data.lib.reach.analysed
} else := data.lib.analysis.missing

open := data.lib.authorised.open

doubts := data.lib.authorised.doubts
