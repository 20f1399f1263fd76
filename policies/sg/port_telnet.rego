package controls.sg.port_telnet

control := {
	"id": "SG-P04",
	"title": "Telnet (TCP port 23) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Telnet gives a command line over clear text, and botnets try the factory passwords of devices on this port around the clock.",
	"remediation": {
		"text": "Replace Telnet by SSH or by AWS Systems Manager Session Manager, then remove the rules.",
		"url": "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_telnet_23", "ec2_instance_port_telnet_exposed_to_internet"],
		"cloudsploit": ["openTelnet"],
		"electriceye": ["SecurityGroup.3"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {23}}, control.severity)
