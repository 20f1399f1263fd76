package controls.sg.port_neptune

control := {
	"id": "SG-P44",
	"title": "Amazon Neptune and VMware ESXi (TCP port 8182) are closed to the whole internet",
	"severity": "MEDIUM",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Neptune and other Gremlin servers answer graph queries here, by default without a login, and VMware hosts speak with each other about high availability.",
	"remediation": {
		"text": "Admit only the security groups of the applications that query the graph, and turn IAM authentication on.",
		"url": "https://docs.aws.amazon.com/neptune/latest/userguide/get-started-security.html",
	},
	"related": {
		"electriceye": ["SecurityGroup.32"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {8182}}, control.severity)
