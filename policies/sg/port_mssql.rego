package controls.sg.port_mssql

control := {
	"id": "SG-P20",
	"title": "Microsoft SQL Server (TCP ports 1433 and 1434, UDP port 1434) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Machines guess database logins, that of `sa` first of all, and the browser service on port 1434 tells strangers which instances there are.",
	"remediation": {
		"text": "Admit only the security groups of the applications that use the database.",
		"url": "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_sql_server_1433_1434", "ec2_instance_port_sqlserver_exposed_to_internet"],
		"scoutsuite": ["ec2-security-group-opens-known-port-to-all"],
		"cloudsploit": ["openSQLServer"],
		"electriceye": ["SecurityGroup.6"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {1433, 1434}, "udp": {1434}}, control.severity)
