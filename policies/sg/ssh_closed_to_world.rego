package controls.sg.ssh_closed_to_world

control := {
	"id": "EC2.13",
	"title": "SSH (TCP port 22) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "A port for remote login that anyone can reach is tried without pause. Rules that together name the whole internet count as well: split ranges, prefix lists, and ports that only several rules open.",
	"remediation": {
		"text": "Restrict the source of the rules to known networks, or use AWS Systems Manager Session Manager or EC2 Instance Connect, which need no open port.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"security_hub": ["EC2.13"],
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22", "ec2_instance_port_ssh_exposed_to_internet"],
		"config": ["restricted-ssh"],
		"cis": ["6.3", "6.4"],
		"scoutsuite": ["ec2-security-group-opens-known-port-to-all"],
		"steampipe": ["vpc_security_group_restrict_ingress_ssh_all"],
		"cloudsploit": ["openSSH"],
		"checkov": ["CKV_AWS_24"],
	},
}

verdict := data.lib.exposure.failed(control.severity, open) if {
	count(open) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
} else := {"status": "PASSED", "reason": "TCP port 22 is closed to the whole internet"} if {
	data.lib.reach.analysed
} else := data.lib.analysis.missing

open := data.lib.reach.open_to_world({"tcp"}, {22}, data.lib.reach.families)

doubts := data.lib.reach.in_doubt({"tcp"}, {22})
