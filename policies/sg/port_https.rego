package controls.sg.port_https

control := {
	"id": "SG-P16",
	"title": "HTTPS (TCP port 443) is closed to the whole internet",
	"severity": "INFORMATIONAL",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "HTTPS is what the public is usually meant to reach. This lists the groups that admit it directly and not through a load balancer or a content delivery network.",
	"remediation": {
		"text": "Where the public is not meant, restrict the source. Where it is, consider admitting only a load balancer's group or the prefix list of CloudFront.",
		"url": "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html",
	},
	"related": {
		"cloudsploit": ["openHTTPS"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {443}}, control.severity)
