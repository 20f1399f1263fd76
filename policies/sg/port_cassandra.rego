package controls.sg.port_cassandra

control := {
	"id": "SG-P35",
	"title": "Cassandra (TCP ports 7000, 7001, 7199, 8888, 9042, 9142 and 9160) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Clients need no login until one is turned on, and the ports for the other nodes and for management are made for trusted networks.",
	"remediation": {
		"text": "Admit the security groups of the applications to the client ports, and only the cluster's own group to the others.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_cassandra_7199_9160_8888", "ec2_instance_port_cassandra_exposed_to_internet"],
		"steampipe": ["vpc_security_group_allows_ingress_to_cassandra_ports"],
		"cloudsploit": ["openCassandraClient", "openCassandraInternode", "openCassandraMonitoring", "openCassandraThrift"],
		"electriceye": ["SecurityGroup.19"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {7000, 7001, 7199, 8888, 9042, 9142, 9160}}, control.severity)
