package controls.sg.port_openvpn

control := {
	"id": "SG-P19",
	"title": "OpenVPN (UDP port 1194) is closed to the whole internet",
	"severity": "MEDIUM",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "A VPN server is meant to be reached from afar, but behind it lies the private network: every flaw of its software and every lost certificate is then open to everyone.",
	"remediation": {
		"text": "Admit the known networks of the users, or move them to AWS Client VPN.",
		"url": "https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/what-is.html",
	},
	"related": {
		"electriceye": ["SecurityGroup.28"],
	},
}

verdict := data.lib.ports.closed_to_world({"udp": {1194}}, control.severity)
