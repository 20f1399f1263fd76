package controls.sg.port_development_servers

control := {
	"id": "SG-P25",
	"title": "Development servers (TCP ports 3000 and 5000) are closed to the whole internet",
	"severity": "MEDIUM",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "The servers that come with web frameworks listen here. They are made for one developer on one machine, often with a debugger that executes code.",
	"remediation": {
		"text": "Reach development servers by port forwarding with AWS Systems Manager Session Manager, and remove the rules.",
		"url": "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-sessions-start.html",
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {3000, 5000}}, control.severity)
