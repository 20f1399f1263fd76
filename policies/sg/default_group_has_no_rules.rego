package controls.sg.default_group_has_no_rules

control := {
	"id": "EC2.2",
	"title": "The default security group of a VPC has no rules",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["group_name", "rules"],
	"rationale": "Whatever is launched without naming a group gets the default group, so it should let nothing through.",
	"remediation": {
		"text": "Move what uses the group to a group of its own, then remove all inbound and outbound rules. The group itself cannot be deleted.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
	},
	"related": {
		"security_hub": ["EC2.2"],
		"prowler": ["ec2_securitygroup_default_restrict_traffic"],
		"config": ["vpc-default-security-group-closed"],
		"cis": ["6.5"],
		"trivy": ["AVD-AWS-0173"],
		"scoutsuite": ["ec2-default-security-group-with-rules"],
		"steampipe": ["vpc_default_security_group_restricts_all_traffic"],
		"cloudsploit": ["defaultSecurityGroup"],
		"electriceye": ["SecurityGroup.3"],
		"checkov": ["CKV2_AWS_12"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "not the default group of a VPC"} if {
	input.group_name != "default"
} else := {"status": "PASSED", "reason": "no rules"} if {
	input.group_name == "default"
	input.rules == []
} else := {"status": "FAILED", "severity": "LOW", "reason": sprintf("%s; its VPC has no network interface", [rules_text])} if {
	input.vpc_network_interfaces == 0
} else := {"status": "FAILED", "reason": rules_text} if {
	count(input.rules) > 0
} else := {"status": "NOT_AVAILABLE", "reason": "the rules were not read"}

rules_text := sprintf("%d inbound and %d outbound rules", [count(towards("ingress")), count(towards("egress"))])

towards(direction) := [rule | some rule in input.rules; rule.direction == direction]
