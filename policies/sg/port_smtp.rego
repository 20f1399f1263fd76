package controls.sg.port_smtp

control := {
	"id": "SG-P05",
	"title": "SMTP (TCP port 25) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "A mail server that anyone can reach is tried as an open relay, and a relay that is found sends spam in the name of its owner.",
	"remediation": {
		"text": "Receive mail through Amazon SES or a filtering gateway, and admit only the gateway to the server.",
		"url": "https://docs.aws.amazon.com/ses/latest/dg/receiving-email.html",
	},
	"related": {
		"scoutsuite": ["ec2-security-group-opens-known-port-to-all"],
		"cloudsploit": ["openSMTP"],
		"electriceye": ["SecurityGroup.27"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {25}}, control.severity)
