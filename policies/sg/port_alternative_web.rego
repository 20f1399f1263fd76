package controls.sg.port_alternative_web

control := {
	"id": "SG-P37",
	"title": "Alternative web ports (TCP ports 8080 and 8088) are closed to the whole internet",
	"severity": "MEDIUM",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Application servers, build servers and Hadoop's resource manager listen here. Most of them are meant for colleagues, and some run code for whoever asks.",
	"remediation": {
		"text": "Put a load balancer in front and admit only its group, or restrict the source to the networks of the users.",
		"url": "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
	},
	"related": {
		"cloudsploit": ["openInternalWeb"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {8080, 8088}}, control.severity)
