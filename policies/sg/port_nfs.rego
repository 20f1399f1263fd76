package controls.sg.port_nfs

control := {
	"id": "SG-P23",
	"title": "NFS (TCP port 2049) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Without Kerberos, NFS believes what a client says about its user, so whoever can mount an export can usually read it.",
	"remediation": {
		"text": "Admit only the security groups of the hosts that mount the file system.",
		"url": "https://docs.aws.amazon.com/efs/latest/ug/network-access.html",
	},
	"related": {
		"scoutsuite": ["ec2-security-group-opens-known-port-to-all"],
		"electriceye": ["SecurityGroup.21"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {2049}}, control.severity)
