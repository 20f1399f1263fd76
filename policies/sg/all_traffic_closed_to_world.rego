package controls.sg.all_traffic_closed_to_world

control := {
	"id": "SG-020",
	"title": "The whole internet does not reach every port",
	"severity": "CRITICAL",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Such a group is no firewall: whatever listens on the host, now or later, is public. Rules that open every port of TCP or UDP together count as well.",
	"remediation": {
		"text": "Open only the ports that are meant for the public, and restrict the source of everything else.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_all_ports"],
		"scoutsuite": ["ec2-security-group-opens-all-ports-to-all"],
		"steampipe": ["vpc_security_group_restrict_ingress_tcp_udp_all"],
		"cloudsploit": ["openAllPortsProtocols"],
		"electriceye": ["SecurityGroup.1"],
		"checkov": ["CKV_AWS_277"],
	},
}

verdict := {"status": "FAILED", "severity": severity, "reason": sprintf("open to the whole internet: %s", [data.lib.reach.describe(open)])} if {
	count(open) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
} else := {"status": "PASSED", "reason": "neither all of TCP nor all of UDP is open to the whole internet"} if {
	data.lib.reach.analysed
} else := data.lib.analysis.missing

severity := data.lib.reach.severity(control.severity)

open := {opening |
	some family in data.lib.reach.families
	some protocol in ["tcp", "udp"]
	openings := world(family, protocol)
	data.lib.ports.cover_every_port(openings)
	some opening in openings
}

# Rules whose sources are not known, where they and what is open would be every port.
doubts := {doubt |
	some family in data.lib.reach.families
	some protocol in ["tcp", "udp"]
	unresolved := [doubt | some doubt in input.analysis.reach.ingress.unresolved; doubt.protocol in {protocol, "all"}]
	data.lib.ports.cover_every_port(array.concat(world(family, protocol), unresolved))
	some doubt in unresolved
}

world(family, protocol) := [opening |
	some opening in input.analysis.reach.ingress.world
	opening.family == family
	opening.protocol in {protocol, "all"}
]
