package controls.sg.no_wide_ranges

control := {
	"id": "SG-027",
	"title": "No rule names the internet in wide or split ranges",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "0.0.0.0/1 with 128.0.0.0/1 is the whole internet, and a /8 is millions of strangers; searches for 0.0.0.0/0 see neither. Wide is more public addresses than an IPv4 /24 or an IPv6 /32 has; private ranges and prefix lists are not meant.",
	"remediation": {
		"text": "Replace the ranges by the networks that are meant, or by 0.0.0.0/0 where the public is meant, so that everyone can see it.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_wide_open_public_ipv4"],
	},
}

verdict := data.lib.exposure.failed(control.severity, pieces.ingress) if {
	count(pieces.ingress) > 0
} else := {"status": "FAILED", "severity": data.lib.reach.severity(inbound_severity), "reason": sprintf("inbound: %s; %s", [texts(reach.ingress.wide), data.lib.exposure.way(data.lib.exposure.of_group)])} if {
	count(reach.ingress.wide) > 0
} else := {"status": "FAILED", "severity": "LOW", "reason": outbound(data.lib.reach.describe(pieces.egress))} if {
	count(pieces.egress) > 0
} else := {"status": "FAILED", "severity": "LOW", "reason": outbound(texts(reach.egress.wide))} if {
	count(reach.egress.wide) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
} else := {"status": "PASSED", "reason": "no wide or split public range"} if {
	data.lib.reach.analysed
} else := data.lib.analysis.missing

reach := input.analysis.reach

pieces := {direction: openings |
	some direction in ["ingress", "egress"]
	openings := [opening | some opening in reach[direction].world; opening.split]
}

# Split ranges may stand in a prefix list, inbound and outbound.
doubts := array.concat(reach.ingress.unresolved, reach.egress.unresolved)

inbound_severity := "HIGH" if {
	count(widest) > 0
} else := "MEDIUM"

# As wide as an IPv4 /8 or more, that is 0.4 % of the public addresses.
widest := [opening | some opening in reach.ingress.wide; opening.ranges.share_ppm >= 4000]

outbound(text) := sprintf("outbound: %s", [replace(text, " from ", " to ")])

texts(openings) := data.lib.reach.listed([text | some opening in openings; text := wide_text(opening)], count(openings))

wide_text(opening) := sprintf("%s from %s (%s)", [
	data.lib.reach.ports_text(opening),
	data.lib.reach.listed(opening.ranges.cidrs, opening.ranges.cidr_count),
	data.lib.reach.listed(opening.rules, opening.rule_count),
])
