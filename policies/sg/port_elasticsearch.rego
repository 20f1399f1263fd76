package controls.sg.port_elasticsearch

control := {
	"id": "SG-P40",
	"title": "Elasticsearch and OpenSearch (TCP ports 9200 and 9300) are closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Search clusters without a login are found by machines, copied, wiped and held for ransom. Port 9300 is where nodes join the cluster.",
	"remediation": {
		"text": "Place the cluster in a VPC, admit only the security groups of its clients, and turn access control on.",
		"url": "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_elasticsearch_kibana_9200_9300_5601", "ec2_instance_port_elasticsearch_kibana_exposed_to_internet"],
		"cloudsploit": ["openElasticsearch"],
		"electriceye": ["SecurityGroup.14", "SecurityGroup.15"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {9200, 9300}}, control.severity)
