package controls.sg.port_oracle

control := {
	"id": "SG-P21",
	"title": "Oracle Database (TCP ports 1521, 2483 and 2484) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "The listener answers before any login, and leaves no more than a password between a stranger and the data.",
	"remediation": {
		"text": "Admit only the security groups of the applications that use the database.",
		"url": "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_oracle_1521_2483", "ec2_instance_port_oracle_exposed_to_internet"],
		"scoutsuite": ["ec2-security-group-opens-known-port-to-all"],
		"steampipe": ["vpc_security_group_allows_ingress_to_oracle_ports"],
		"cloudsploit": ["openOracle"],
		"electriceye": ["SecurityGroup.7"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {1521, 2483, 2484}}, control.severity)
