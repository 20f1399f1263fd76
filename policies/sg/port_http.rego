package controls.sg.port_http

control := {
	"id": "SG-P08",
	"title": "HTTP (TCP port 80) is closed to the whole internet",
	"severity": "INFORMATIONAL",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Plain HTTP can be read and changed on its way. Many groups are meant to be public here, often only to redirect to HTTPS, so this is a list of them and no more.",
	"remediation": {
		"text": "Put a load balancer in front and admit only its group; let port 80 of the load balancer redirect to HTTPS.",
		"url": "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
	},
	"related": {
		"cloudsploit": ["openHTTP"],
		"checkov": ["CKV_AWS_260"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {80}}, control.severity)
