package controls.sg.port_smb

control := {
	"id": "SG-P17",
	"title": "SMB (TCP ports 139 and 445, UDP port 445) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "File shares on the internet are guessed at and encrypted for ransom. WannaCry spread through a flaw of the protocol itself.",
	"remediation": {
		"text": "Reach file shares over a VPN or AWS Direct Connect, and admit only the networks of their users.",
		"url": "https://docs.aws.amazon.com/fsx/latest/WindowsGuide/limit-access-security-groups.html",
	},
	"related": {
		"prowler": ["ec2_instance_port_cifs_exposed_to_internet"],
		"cis": ["6.1.2"],
		"steampipe": ["vpc_security_group_restrict_ingress_cifs_port_all"],
		"cloudsploit": ["openCIFS", "openSMBoTCP"],
		"electriceye": ["SecurityGroup.5"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {139, 445}, "udp": {445}}, control.severity)
