package controls.sg.port_postgresql

control := {
	"id": "SG-P29",
	"title": "PostgreSQL (TCP port 5432) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Machines guess the passwords of databases, and a superuser of PostgreSQL may also run programs on the host: one weak password gives away more than the data.",
	"remediation": {
		"text": "Admit only the security groups of the applications that use the database.",
		"url": "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_postgres_5432", "ec2_instance_port_postgresql_exposed_to_internet"],
		"scoutsuite": ["ec2-security-group-opens-known-port-to-all"],
		"cloudsploit": ["openPostgreSQL"],
		"electriceye": ["SecurityGroup.10"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {5432}}, control.severity)
