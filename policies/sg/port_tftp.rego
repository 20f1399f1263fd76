package controls.sg.port_tftp

control := {
	"id": "SG-P07",
	"title": "TFTP (UDP port 69) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "TFTP knows no login: whoever reaches it may read, and often write, boot images and the configurations of devices.",
	"remediation": {
		"text": "Admit only the network that boots from the server.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"electriceye": ["SecurityGroup.23"],
	},
}

verdict := data.lib.ports.closed_to_world({"udp": {69}}, control.severity)
