package controls.sg.port_netbios

control := {
	"id": "SG-P12",
	"title": "NetBIOS (TCP and UDP ports 137 to 139) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "NetBIOS gives away the names of hosts, users and shares before any login, and its name service can be made to flood third parties.",
	"remediation": {
		"text": "Remove the rules, or admit only the Windows hosts of your own network.",
		"url": "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-rules-reference.html",
	},
	"related": {
		"cloudsploit": ["openNetBIOS"],
		"electriceye": ["SecurityGroup.26"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {137, 138, 139}, "udp": {137, 138, 139}}, control.severity)
