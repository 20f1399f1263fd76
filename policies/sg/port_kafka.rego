package controls.sg.port_kafka

control := {
	"id": "SG-P39",
	"title": "Kafka (TCP port 9092) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "The plain listener asks for no login unless one was set up, so that whoever reaches a broker may read and write every topic.",
	"remediation": {
		"text": "Admit only the security groups of the clients. Where clients come from the internet, use the public access of Amazon MSK with its authentication.",
		"url": "https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_kafka_9092", "ec2_instance_port_kafka_exposed_to_internet"],
		"steampipe": ["vpc_security_group_restrict_ingress_kafka_port"],
		"electriceye": ["SecurityGroup.20"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {9092}}, control.severity)
