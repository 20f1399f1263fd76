package controls.sg.port_msrpc

control := {
	"id": "SG-P11",
	"title": "Microsoft RPC (TCP port 135) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "The endpoint mapper tells which services a Windows host runs and on which ports, and worms have come in through it; Blaster was one.",
	"remediation": {
		"text": "Admit only the domain controllers and management hosts that need it.",
		"url": "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-rules-reference.html",
	},
	"related": {
		"cloudsploit": ["openRPC"],
		"electriceye": ["SecurityGroup.4"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {135}}, control.severity)
