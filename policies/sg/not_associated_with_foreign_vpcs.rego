package controls.sg.not_associated_with_foreign_vpcs

control := {
	"id": "SG-013",
	"title": "The security group is not associated with VPCs of other accounts",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["account", "vpc_associations"],
	"rationale": "Whoever may change the group changes what is let into the other account's VPC, and who uses it there cannot be seen from here.",
	"remediation": {
		"text": "Disassociate the group from the VPC and let its owner keep a group of the same rules.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html",
	},
}

verdict := {"status": "FAILED", "severity": "MEDIUM", "reason": sprintf("associated with %s", [texts(strange)])} if {
	count(strange) > 0
} else := {"status": "FAILED", "reason": sprintf("associated with %s", [texts(foreign)])} if {
	count(foreign) > 0
} else := {"status": "NOT_AVAILABLE", "reason": "the owner of an associated VPC was not read"} if {
	count(ownerless) > 0
} else := {"status": "PASSED", "reason": "associated with no VPC of another account"} if {
	is_string(input.account)
	is_array(input.vpc_associations)
} else := {"status": "NOT_AVAILABLE", "reason": "its associations were not read"}

foreign := [association |
	some association in input.vpc_associations
	is_string(association.vpc_owner)
	association.vpc_owner != input.account
]

strange := [association | some association in foreign; not association.vpc_owner in data.lib.strangers.known]

ownerless := [association | some association in input.vpc_associations; not is_string(association.vpc_owner)]

texts(associations) := data.lib.reach.listed(
	[text | some it in associations; text := sprintf("%s of %s", [it.vpc_id, it.vpc_owner])],
	count(associations),
)
