# What the internet reaches through the rules of a security group: questions to `input.analysis.reach`.
package lib.reach

# Both families that sources have.
families := {"ipv4", "ipv6"}

analysed if is_array(input.analysis.reach.ingress.world)

# The severity of a failure that is `base` where the internet gets through the group.
severity(base) := data.lib.exposure.severity(base)

# Openings to the whole internet, inbound, of one of the protocols at one of the ports.
open_to_world(protocols, ports, sources) := [opening |
	some opening in input.analysis.reach.ingress.world
	opening.family in sources
	holds(opening, protocols, ports)
]

# Inbound rules whose sources are not known, so that they may be such openings.
in_doubt(protocols, ports) := [doubt |
	some doubt in input.analysis.reach.ingress.unresolved
	holds(doubt, protocols, ports)
]

# Rules for all protocols hold every port; protocols without ports hold none.
holds(traffic, protocols, ports) if {
	wanted := protocols | {"all"}
	traffic.protocol in wanted
	some port in ports
	traffic.from_port <= port
	port <= traffic.to_port
}

# `tcp 22 from all of IPv4 (sgr-1)`, for up to three openings.
describe(openings) := listed([text | some opening in openings; text := world_text(opening)], count(openings))

world_text(opening) := sprintf("%s from all of %s%s%s (%s)", [
	ports_text(opening),
	replace(opening.family, "ip", "IP"), {true: " in narrower ranges", false: ""}[opening.split],
	concat("", [text | some list in opening.via_prefix_list; text := sprintf(" through %s", [list])]),
	listed(opening.rules, opening.rule_count),
])

# `the entries of pl-1 were not read (sgr-1)`, for up to three rules.
describe_doubts(doubts) := listed([sprintf("%s (%s)", [doubt.cause, doubt.rule]) | some doubt in doubts], count(doubts))

# `tcp 22`, `udp 0-1024`, `icmp` or `all traffic`.
ports_text(traffic) := "all traffic" if {
	traffic.protocol == "all"
} else := traffic.protocol if {
	traffic.from_port == null
} else := sprintf("%s %d", [traffic.protocol, traffic.from_port]) if {
	traffic.from_port == traffic.to_port
} else := sprintf("%s %d-%d", [traffic.protocol, traffic.from_port, traffic.to_port])

# The first three names, and how many more there are.
listed(names, total) := concat(", ", names) if {
	total <= 3
} else := sprintf("%s and %d more", [concat(", ", array.slice(names, 0, 3)), total - 3])
