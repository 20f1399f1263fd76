package controls.sg.high_risk_ports_closed_to_world

control := {
	"id": "EC2.19",
	"title": "Ports of services with a high risk are closed to the whole internet",
	"severity": "CRITICAL",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Databases, file shares, mail, remote login and administration pages are attacked first. Rules that together name the whole internet count as well: split ranges, prefix lists, and ports that only several rules open.",
	"remediation": {
		"text": "Restrict the source of the rules to the networks or security groups of the clients.",
		"url": "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19",
	},
	"related": {
		"security_hub": ["EC2.19"],
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_high_risk_tcp_ports"],
		"config": ["restricted-common-ports"],
		"steampipe": ["vpc_security_group_restricted_common_ports", "vpc_security_group_restrict_ingress_common_ports_all"],
		"cloudsploit": ["openCustomPorts"],
	},
}

verdict := data.lib.exposure.failed(control.severity, open) if {
	count(open) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
} else := {"status": "PASSED", "reason": "no TCP port of the list is open to the whole internet"} if {
	data.lib.reach.analysed
} else := data.lib.analysis.missing

open := data.lib.reach.open_to_world({"tcp"}, ports, data.lib.reach.families)

doubts := data.lib.reach.in_doubt({"tcp"}, ports)

# AWS Security Hub User Guide, EC2.19.
ports := {
	20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333,
	5000, 5432, 5500, 5601, 8080, 8088, 8888, 9200, 9300,
}
