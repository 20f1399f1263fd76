package controls.sg.port_redis

control := {
	"id": "SG-P34",
	"title": "Redis (TCP port 6379) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Redis is made for trusted networks. Without a password anyone may read and delete what it holds, and can use it to write files on its host.",
	"remediation": {
		"text": "Admit only the security groups of the applications that use the cache, and turn authentication and TLS on.",
		"url": "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/elasticache-vpc-accessing.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_redis_6379", "ec2_instance_port_redis_exposed_to_internet"],
		"steampipe": ["vpc_security_group_restrict_ingress_redis_port"],
		"cloudsploit": ["openRedis"],
		"electriceye": ["SecurityGroup.12"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {6379}}, control.severity)
