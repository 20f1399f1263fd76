package controls.sg.port_pop3

control := {
	"id": "SG-P10",
	"title": "POP3 (TCP port 110) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "POP3 sends the names and passwords of mailboxes in clear text unless the client asks for encryption, and lets anyone guess them.",
	"remediation": {
		"text": "Offer POP3 only over TLS (port 995), to the networks of the mailboxes' owners, and remove the rules for port 110.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"electriceye": ["SecurityGroup.31"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {110}}, control.severity)
