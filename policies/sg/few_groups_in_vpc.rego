package controls.sg.few_groups_in_vpc

control := {
	"id": "SG-006",
	"title": "A VPC has no more security groups than anyone can keep in view",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["group_name", "vpc_groups"],
	"rationale": "Among hundreds of groups nobody sees which one opens what. It is judged once for each VPC, on its default group.",
	"remediation": {
		"text": "Delete the groups that nothing uses, or set the parameter `max_groups_per_vpc`.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-groups.html",
	},
	"related": {
		"cloudsploit": ["excessiveSecurityGroups"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "judged on the default group of the VPC"} if {
	input.group_name != "default"
} else := {"status": "NOT_AVAILABLE", "reason": "its name was not read"} if {
	not named
} else := {"status": "FAILED", "reason": sprintf("%d groups in the VPC, more than %d", [input.vpc_groups, allowed])} if {
	input.vpc_groups > allowed
} else := {"status": "PASSED", "reason": sprintf("%d groups in the VPC", [input.vpc_groups])} if {
	is_number(input.vpc_groups)
} else := {"status": "NOT_AVAILABLE", "reason": "the groups of the VPC were not counted"}

allowed := number if {
	number := data.parameters.max_groups_per_vpc
} else := 40

named if is_string(input.group_name)
