package controls.sg.port_mysql

control := {
	"id": "SG-P26",
	"title": "MySQL and MariaDB (TCP ports 3306 and 4333) are closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "The server tells its version before any login, and machines guess its passwords. Port 4333 was that of mSQL and is watched together with it.",
	"remediation": {
		"text": "Admit only the security groups of the applications that use the database.",
		"url": "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_mysql_3306", "ec2_instance_port_mysql_exposed_to_internet"],
		"scoutsuite": ["ec2-security-group-opens-known-port-to-all"],
		"cloudsploit": ["openMySQL"],
		"electriceye": ["SecurityGroup.8"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {3306, 4333}}, control.severity)
