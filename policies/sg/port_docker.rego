package controls.sg.port_docker

control := {
	"id": "SG-P24",
	"title": "The Docker API (TCP ports 2375 and 2376) is closed to the whole internet",
	"severity": "CRITICAL",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Whoever may speak to the Docker daemon is root on its host. Port 2375 asks for nothing at all, port 2376 for a certificate if it was set up to.",
	"remediation": {
		"text": "Let the daemon listen on its socket only, and reach it over SSH or AWS Systems Manager Session Manager.",
		"url": "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html",
	},
	"related": {
		"cloudsploit": ["openDocker"],
		"electriceye": ["SecurityGroup.24"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {2375, 2376}}, control.severity)
