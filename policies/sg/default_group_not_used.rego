package controls.sg.default_group_not_used

control := {
	"id": "SG-002",
	"title": "The default security group of a VPC is not used",
	"severity": "MEDIUM",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["group_name", "network_interfaces"],
	"rationale": "What carries the default group got it because nobody chose one, and every member trusts every other.",
	"remediation": {
		"text": "Give the interfaces a group of their own, with the rules that they need.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
	},
	"related": {
		"scoutsuite": ["ec2-default-security-group-in-use"],
		"cloudsploit": ["defaultSecurityGroupInUse"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "not the default group of a VPC"} if {
	input.group_name != "default"
} else := {"status": "NOT_AVAILABLE", "reason": "its name was not read"} if {
	not named
} else := {"status": "FAILED", "reason": sprintf("carried by %s", [data.lib.reach.listed(ids, count(ids))])} if {
	count(ids) > 0
} else := {"status": "PASSED", "reason": "no network interface carries it"} if {
	is_array(input.network_interfaces)
} else := {"status": "NOT_AVAILABLE", "reason": "its interfaces were not read"}

ids := [interface.id | some interface in input.network_interfaces]

named if is_string(input.group_name)
