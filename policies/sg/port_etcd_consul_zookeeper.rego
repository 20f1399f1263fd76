package controls.sg.port_etcd_consul_zookeeper

control := {
	"id": "SG-P46",
	"title": "etcd, Consul and ZooKeeper (TCP ports 2181, 2379, 2380 and 8500) are closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "These stores hold the configuration and often the secrets of a cluster; all of Kubernetes lies in etcd. None of them asks for a login by default.",
	"remediation": {
		"text": "Admit only the members of the cluster and the security groups of its clients.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {2181, 2379, 2380, 8500}}, control.severity)
