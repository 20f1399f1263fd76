package controls.sg.port_kibana

control := {
	"id": "SG-P32",
	"title": "Kibana and OpenSearch Dashboards (TCP port 5601) are closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "The dashboards read and change what the search cluster holds, for everyone if no login stands in front of them.",
	"remediation": {
		"text": "Admit only the networks of the users, and turn a login on.",
		"url": "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/dashboards.html",
	},
	"related": {
		"steampipe": ["vpc_security_group_restrict_ingress_kibana_port"],
		"cloudsploit": ["openKibana"],
		"electriceye": ["SecurityGroup.11"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {5601}}, control.severity)
