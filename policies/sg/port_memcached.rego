package controls.sg.port_memcached

control := {
	"id": "SG-P41",
	"title": "Memcached (TCP and UDP port 11211) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "The cache knows no login by default: anyone may read and change it. Over UDP it has answered forged queries with responses more than ten thousand times their size.",
	"remediation": {
		"text": "Admit only the security groups of the applications that use the cache, and turn UDP off.",
		"url": "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/elasticache-vpc-accessing.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_memcached_11211", "ec2_instance_port_memcached_exposed_to_internet"],
		"steampipe": ["vpc_security_group_allows_ingress_to_memcached_port"],
		"cloudsploit": ["openMemcached"],
		"electriceye": ["SecurityGroup.16"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {11211}, "udp": {11211}}, control.severity)
