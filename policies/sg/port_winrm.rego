package controls.sg.port_winrm

control := {
	"id": "SG-P45",
	"title": "WinRM (TCP ports 5985 and 5986) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "WinRM runs commands on Windows for whoever has a password, so passwords are guessed there. Port 5985 is the one without TLS.",
	"remediation": {
		"text": "Use AWS Systems Manager Run Command, which needs no open port, or admit only the management hosts.",
		"url": "https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command.html",
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {5985, 5986}}, control.severity)
