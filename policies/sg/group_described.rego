package controls.sg.group_described

control := {
	"id": "SG-009",
	"title": "The description of the security group says what it is for",
	"severity": "INFORMATIONAL",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["group_name", "description"],
	"rationale": "EC2 asks for a description when a group is made, so wizards and tools fill in one that says nothing, or people repeat the name.",
	"remediation": {
		"text": "A description cannot be changed: make a group with one that says what it is for, give it to what uses this one, and delete this one.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/creating-security-groups.html",
	},
	"related": {
		"trivy": ["AVD-AWS-0099"],
		"checkov": ["CKV_AWS_23"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS describes the default group of a VPC"} if {
	input.group_name == "default"
} else := {"status": "FAILED", "reason": "its description is empty or says nothing"} if {
	text in nothing
} else := {"status": "FAILED", "reason": "its description repeats its name"} if {
	text == lower(input.group_name)
} else := {"status": "FAILED", "reason": "its description is the launch wizard's"} if {
	regex.match(`^launch-wizard-\d+ created`, text)
} else := {"status": "PASSED", "reason": "it is described"} if {
	is_string(input.group_name)
	is_string(text)
} else := {"status": "NOT_AVAILABLE", "reason": "its description was not read"}

text := lower(trim_space(input.description)) if is_string(input.description)

# What tools write of themselves, and what people write because they have to.
nothing := {
	"", "-", ".", "default", "description", "group", "managed by terraform", "managed by pulumi",
	"security group", "sg", "tbd", "test", "todo",
}
