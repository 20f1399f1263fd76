package controls.sg.port_imap

control := {
	"id": "SG-P13",
	"title": "IMAP (TCP port 143) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "IMAP sends the passwords of mailboxes in clear text unless the client asks for encryption, and lets anyone guess them.",
	"remediation": {
		"text": "Offer IMAP only over TLS (port 993), to the networks of the mailboxes' owners, and remove the rules for port 143.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {143}}, control.severity)
