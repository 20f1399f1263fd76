package controls.sg.not_reached_from_internet

control := {
	"id": "SG-040",
	"title": "The internet reaches no interface through the security group",
	"severity": "CRITICAL",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists", "network_interfaces", "subnets", "route_tables", "network_acls", "vpc_block_public_access"],
	"rationale": "An open rule, a public address, a route to an internet gateway, a network ACL and no VPC Block Public Access: where all hold, anyone can connect. Other ways, as through a load balancer, are not meant.",
	"remediation": {
		"text": "Take away the public address or the open rule, or turn VPC Block Public Access on.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html",
	},
	"related": {
		"cloudsploit": ["ec2NetworkExposure"],
	},
}

verdict := {"status": "FAILED", "severity": severity, "reason": sprintf("%s; %s", [data.lib.reach.describe(passable), way])} if {
	count(passable) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.exposure.way("unknown")} if {
	count(unclear) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
	count(input.network_interfaces) > 0
} else := {"status": "PASSED", "reason": "the internet reaches no interface through the group"} if {
	data.lib.reach.analysed
	data.lib.way.carriers_known
} else := data.lib.analysis.missing

passable := [opening | some opening in input.analysis.reach.ingress.world; opening.exposure in {"expected", "reachable"}]

unclear := [opening | some opening in input.analysis.reach.ingress.world; opening.exposure == "unknown"]

doubts := input.analysis.reach.ingress.unresolved

way := data.lib.exposure.way(data.lib.exposure.exposure_of(passable))

# What the operator authorises is meant, and so are interfaces that are there to be reached.
severity := "INFORMATIONAL" if {
	data.lib.exposure.exposure_of(passable) == "expected"
} else := "CRITICAL" if {
	count([opening | some opening in passable; data.lib.authorised.unauthorised(opening)]) > 0
} else := "MEDIUM"
