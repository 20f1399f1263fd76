package controls.sg.single_ports

control := {
	"id": "SG-033",
	"title": "Inbound rules name single ports and not ranges",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules"],
	"rationale": "A range opens ports that nothing listens on today. What listens there tomorrow is open without anybody having decided so.",
	"remediation": {
		"text": "Replace the range by one rule for each port that is in use. Accept it for protocols that need a range.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"scoutsuite": ["ec2-security-group-opens-port-range"],
	},
}

verdict := {"status": "FAILED", "reason": sprintf("rules with a range of ports: %s", [data.lib.group_rules.names(ranges)])} if {
	count(ranges) > 0
} else := {"status": "PASSED", "reason": "no inbound rule has a range of ports"} if {
	data.lib.group_rules.known
} else := data.lib.group_rules.unread

ranges := [rule |
	some rule in data.lib.group_rules.inbound
	data.lib.group_rules.protocol(rule) in {"tcp", "udp"}
	data.lib.group_rules.first_port(rule) < data.lib.group_rules.last_port(rule)
]
