package controls.sg.port_mongodb

control := {
	"id": "SG-P42",
	"title": "MongoDB and DocumentDB (TCP ports 27017 to 27019) are closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Databases without a login have been wiped for ransom by the thousand, and where there is one, machines guess the passwords.",
	"remediation": {
		"text": "Admit only the security groups of the applications; reach the database from elsewhere through a tunnel.",
		"url": "https://docs.aws.amazon.com/documentdb/latest/developerguide/connect-from-outside-a-vpc.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_mongodb_27017_27018", "ec2_instance_port_mongodb_exposed_to_internet"],
		"scoutsuite": ["ec2-security-group-opens-known-port-to-all"],
		"steampipe": ["vpc_security_group_allows_ingress_to_mongodb_ports"],
		"cloudsploit": ["openMongoDB"],
		"electriceye": ["SecurityGroup.18"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {27017, 27018, 27019}}, control.severity)
