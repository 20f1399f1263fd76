package controls.sg.in_use

control := {
	"id": "EC2.22",
	"title": "The security group is in use",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["account", "group_name", "network_interfaces", "referenced_by", "peering_references", "vpc_associations", "launch_templates"],
	"rationale": "A forgotten group is put on something again one day, with rules that nobody remembers.",
	"remediation": {
		"text": "Make sure that no launch template, Auto Scaling group, function, task or build project starts with the group, then delete it.",
		"url": "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-22",
	},
	"related": {
		"security_hub": ["EC2.22"],
		"prowler": ["ec2_securitygroup_not_used"],
		"config": ["ec2-security-group-attached-to-eni-periodic", "ec2-security-group-attached-to-eni"],
		"scoutsuite": ["ec2-unused-security-group"],
		"steampipe": ["vpc_security_group_unused", "vpc_security_group_associated_to_eni"],
		"cloudsploit": ["unusedSecurityGroups"],
		"checkov": ["CKV2_AWS_5"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "the default group of a VPC cannot be deleted"} if {
	input.group_name == "default"
} else := {"status": "NOT_AVAILABLE", "reason": "its name was not read"} if {
	not named
} else := {"status": "PASSED", "reason": sprintf("carried by %s", [texts(interfaces)])} if {
	count(interfaces) > 0
} else := {"status": "PASSED", "reason": sprintf("named by rules of %s", [texts(others)])} if {
	count(others) > 0
} else := {"status": "PASSED", "reason": sprintf("named by groups of the peered %s", [texts(peers)])} if {
	count(peers) > 0
} else := {"status": "PASSED", "reason": sprintf("named by %s", [texts(input.launch_templates)])} if {
	count(input.launch_templates) > 0
} else := {"status": "NOT_AVAILABLE", "reason": sprintf("unknown use in %s, associated with it", [texts(elsewhere)])} if {
	count(elsewhere) > 0
} else := {"status": "FAILED", "reason": unused} if {
	is_string(input.account)
	every facts in [input.network_interfaces, input.referenced_by, input.peering_references, input.vpc_associations, input.launch_templates] {
		is_array(facts)
	}
} else := {"status": "NOT_AVAILABLE", "reason": "its use was not read"}

named if is_string(input.group_name)

interfaces := [interface.id | some interface in input.network_interfaces]

peers := [peer.referencing_vpc_id | some peer in input.peering_references]

texts(names) := data.lib.reach.listed(names, count(names))

# A group that names itself is not in use for that.
others := [group | some group in input.referenced_by; group != input.group_id]

# VPCs whose interfaces this account may not see.
elsewhere := [it.vpc_id | some it in input.vpc_associations; object.get(it, "vpc_owner", null) != input.account]

unused := "no network interface of this account and region carries it, no other group, peered VPC or launch template names it; not looked at: launch configurations, functions, tasks, batch and build environments that are not running now"
