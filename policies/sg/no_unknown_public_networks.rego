package controls.sg.no_unknown_public_networks

control := {
	"id": "SG-036",
	"title": "Inbound rules name no public network that nobody claims",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "elastic_ips"],
	"rationale": "A public address that was given back to AWS is soon somebody else's. Known are the Elastic IP addresses of the account and region, and the networks of the parameter `known_public_cidrs`; without these every partner would be a finding, so the control does not apply.",
	"remediation": {
		"text": "Remove the rules, or add the network to the parameter `known_public_cidrs`.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"scoutsuite": ["ec2-security-group-whitelists-non-elastic-ips", "ec2-security-group-whitelists-unknown-cidrs"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "the parameter `known_public_cidrs` names no network"} if {
	count(known) == 0
} else := {"status": "FAILED", "reason": sprintf("unknown: %s", [data.lib.reach.listed(texts, unknown.count)])} if {
	unknown.count > 0
} else := {"status": "PASSED", "reason": "every public network that inbound rules name is known"} if {
	unknown.count == 0
} else := data.lib.analysis.missing

unknown := input.analysis.unknown_networks

texts := [text |
	some network in unknown.networks
	text := sprintf("%s (%s)", [network.cidr, data.lib.reach.listed(network.rules, network.rule_count)])
]

known := cidrs if {
	cidrs := data.parameters.known_public_cidrs
} else := []
