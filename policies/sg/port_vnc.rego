package controls.sg.port_vnc

control := {
	"id": "SG-P31",
	"title": "VNC (TCP ports 5500 and 5900) is closed to the whole internet",
	"severity": "CRITICAL",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "VNC shows and steers a whole desktop, often behind one short password or none, and often without encryption.",
	"remediation": {
		"text": "Reach desktops by port forwarding with AWS Systems Manager Session Manager, and remove the rules.",
		"url": "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-sessions-start.html",
	},
	"related": {
		"cloudsploit": ["openVNCClient", "openVNCServer"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {5500, 5900}}, control.severity)
