package controls.sg.admin_ports_closed_to_ipv4_world

control := {
	"id": "EC2.53",
	"title": "Remote administration ports (22, 3389) are closed to 0.0.0.0/0",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "CIS AWS Foundations asks for this separately for IPv4 and IPv6, over TCP and UDP alike. Rules that together name the whole internet count as well: split ranges, prefix lists, and ports that only several rules open.",
	"remediation": {
		"text": "Restrict the source of the rules to known networks, or use AWS Systems Manager Session Manager, which needs no open port.",
		"url": "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-53",
	},
	"related": {
		"security_hub": ["EC2.53"],
		"config": ["vpc-sg-port-restriction-check"],
		"cis": ["6.3"],
		"trivy": ["AVD-AWS-0107"],
		"steampipe": ["vpc_security_group_remote_administration_ipv4", "vpc_security_group_remote_administration"],
	},
}

verdict := data.lib.exposure.failed(control.severity, open) if {
	count(open) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
} else := {"status": "PASSED", "reason": "ports 22 and 3389 are closed to all of IPv4"} if {
	data.lib.reach.analysed
} else := data.lib.analysis.missing

open := data.lib.reach.open_to_world({"tcp", "udp"}, {22, 3389}, {"ipv4"})

doubts := data.lib.reach.in_doubt({"tcp", "udp"}, {22, 3389})
