package controls.sg.port_dns

control := {
	"id": "SG-P06",
	"title": "DNS (TCP and UDP port 53) is closed to the whole internet",
	"severity": "MEDIUM",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "An open resolver answers forged queries with larger responses and so helps to flood third parties. An authoritative server may give away its whole zone.",
	"remediation": {
		"text": "Serve public zones from Amazon Route 53, and admit only your own networks to resolvers.",
		"url": "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-working-with.html",
	},
	"related": {
		"scoutsuite": ["ec2-security-group-opens-known-port-to-all"],
		"cloudsploit": ["openDNS"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {53}, "udp": {53}}, control.severity)
