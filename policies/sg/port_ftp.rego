package controls.sg.port_ftp

control := {
	"id": "SG-P03",
	"title": "FTP (TCP ports 20 and 21) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "FTP sends names, passwords and files in clear text. Servers that everyone can reach are searched for files and used to store those of strangers.",
	"remediation": {
		"text": "Replace FTP by SFTP, for example with AWS Transfer Family, or restrict the source of the rules to the networks of the partners.",
		"url": "https://docs.aws.amazon.com/transfer/latest/userguide/create-server-sftp.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_ftp_20_21", "ec2_instance_port_ftp_exposed_to_internet"],
		"cloudsploit": ["openFTP"],
		"electriceye": ["SecurityGroup.2"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {20, 21}}, control.severity)
