package controls.sg.port_salt

control := {
	"id": "SG-P28",
	"title": "The Salt master (TCP ports 4505 and 4506) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "The master gives orders to every machine that it manages. In 2020 a flaw that let strangers do so as root was used within days.",
	"remediation": {
		"text": "Admit only the networks or security groups of the minions.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"cloudsploit": ["openSalt"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {4505, 4506}}, control.severity)
