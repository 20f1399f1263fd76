package controls.sg.port_splunkd

control := {
	"id": "SG-P38",
	"title": "The Splunk management port (TCP port 8089) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Searches, configuration and new apps come in here: the password of an administrator is enough to run code on the host.",
	"remediation": {
		"text": "Admit only the other Splunk servers and the networks of the administrators.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"electriceye": ["SecurityGroup.13"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {8089}}, control.severity)
