package controls.sg.tagged

control := {
	"id": "EC2.43",
	"title": "The security group carries the required tags",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["tags"],
	"rationale": "A tag says whose group it is and what it is for. Without the parameter `required_tags` any tag of the owner's own is enough, as in Security Hub.",
	"remediation": {
		"text": "Tag the group with the keys of the parameter `required_tags`.",
		"url": "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-43",
	},
	"related": {
		"security_hub": ["EC2.43"],
		"config": ["required-tags"],
		"cloudsploit": ["securityGroupsHasTags"],
	},
}

verdict := {"status": "FAILED", "reason": sprintf("without %s", [data.lib.reach.listed(missing, count(missing))])} if {
	count(missing) > 0
} else := {"status": "FAILED", "reason": "without any tag"} if {
	is_object(input.tags)
	count(own) == 0
} else := {"status": "PASSED", "reason": "it carries the tags"} if {
	count([value | some value in input.tags; is_string(value)]) == count(object.keys(input.tags))
} else := {"status": "NOT_AVAILABLE", "reason": "its tags were not read"}

# Keys with `aws:` are AWS's.
own := {key | some key in object.keys(input.tags); not startswith(key, "aws:")}

missing := [key | some key in required; not key in own]

required := keys if {
	keys := data.parameters.required_tags
} else := []
