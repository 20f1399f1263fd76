package controls.sg.port_redshift

control := {
	"id": "SG-P30",
	"title": "Amazon Redshift (TCP port 5439) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "A data warehouse brings the data of many systems together, and an open port leaves no more than a password in front of all of it.",
	"remediation": {
		"text": "Turn public access of the cluster off, and admit only the security groups and networks of its users.",
		"url": "https://docs.aws.amazon.com/redshift/latest/mgmt/rs-security-group-public-private.html",
	},
	"related": {
		"electriceye": ["SecurityGroup.17"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {5439}}, control.severity)
