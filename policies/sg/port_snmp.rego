package controls.sg.port_snmp

control := {
	"id": "SG-P14",
	"title": "SNMP (UDP port 161) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Versions 1 and 2 of SNMP know no more than a community string in clear text, often `public`. Whoever guesses it reads the device, may configure it, and can aim its long answers at others.",
	"remediation": {
		"text": "Admit only the monitoring hosts, and use version 3 with authentication and encryption.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"cloudsploit": ["openSNMP"],
	},
}

verdict := data.lib.ports.closed_to_world({"udp": {161}}, control.severity)
