package controls.sg.not_made_by_launch_wizard

control := {
	"id": "SG-004",
	"title": "The security group was not made in passing by the launch wizard",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["group_id", "group_name"],
	"rationale": "The wizard that launches instances makes a group for each, often open to the whole internet, and nobody gives it a name or looks at it again.",
	"remediation": {
		"text": "Make a group that is named after what it is for, give it to the instances, and delete the wizard's.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/creating-security-groups.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_from_launch_wizard"],
		"steampipe": ["vpc_security_group_not_uses_launch_wizard_sg"],
		"cloudsploit": ["launchWizardSecurityGroups"],
	},
}

verdict := {"status": "FAILED", "reason": "its name is the launch wizard's"} if {
	is_string(input.group_name)
	startswith(input.group_name, "launch-wizard-")
} else := {"status": "PASSED", "reason": "its name is not the launch wizard's"} if {
	is_string(input.group_name)
	is_string(input.group_id)
	startswith(input.group_id, "sg-")
} else := {"status": "NOT_AVAILABLE", "reason": "its name was not read"}
