package controls.sg.no_reached_instance_with_profile

control := {
	"id": "SG-041",
	"title": "No instance that the internet reaches has an instance profile",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists", "network_interfaces", "instances", "subnets", "route_tables", "network_acls", "vpc_block_public_access"],
	"rationale": "Who breaks into such an instance has the credentials of its role.",
	"remediation": {
		"text": "Put the instance behind a load balancer, or take the instance profile away if it is not needed.",
		"url": "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html",
	},
	"related": {
		"prowler": ["ec2_instance_internet_facing_with_instance_profile"],
	},
}

verdict := {"status": "FAILED", "reason": sprintf("the internet reaches %s", [data.lib.reach.listed(with_profile, count(with_profile))])} if {
	count(with_profile) > 0
} else := {"status": "NOT_AVAILABLE", "reason": sprintf("not known of %s", [data.lib.reach.listed(unclear, count(unclear))])} if {
	count(unclear) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
	count(carriers) > 0
} else := {"status": "PASSED", "reason": "the internet reaches no instance with an instance profile through the group"} if {
	data.lib.reach.analysed
	data.lib.way.carriers_known
} else := data.lib.analysis.missing

doubts := input.analysis.reach.ingress.unresolved

# Interfaces that are reached come first, those with a profile before the others.
carriers := [interface |
	count(input.analysis.reach.ingress.world) > 0
	some interface in input.analysis.reach.reachability.interfaces
	is_string(interface.instance_id)
]

with_profile := [text |
	some interface in carriers
	interface.reachable == "yes"
	interface.instance_profile == true
	text := sprintf("%s on %s", [interface.instance_id, interface.id])
]

unclear := [interface.instance_id | some interface in carriers; is_unclear(interface)]

is_unclear(interface) if {
	interface.reachable == "unknown"
	interface.instance_profile != false
}

is_unclear(interface) if {
	interface.reachable == "yes"
	interface.instance_profile == null
}
