# The verdict of a control that closes the ports of one service: `{"tcp": {389, 636}, "udp": {389}}`.
package lib.ports

# No port is open to the whole internet, over IPv4 or IPv6.
closed_to_world(ports, severity) := data.lib.exposure.failed(severity, open_to_world(ports)) if {
	count(open_to_world(ports)) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	doubts := in_doubt(ports)
	count(doubts) > 0
} else := {"status": "PASSED", "reason": sprintf("closed to the whole internet: %s", [listed(ports)])} if {
	data.lib.reach.analysed
} else := data.lib.analysis.missing

open_to_world(ports) := [opening | some opening in input.analysis.reach.ingress.world; concerns(opening, ports)]

# Inbound rules whose sources are not known, so that they may be such openings.
in_doubt(ports) := [doubt | some doubt in input.analysis.reach.ingress.unresolved; concerns(doubt, ports)]

concerns(traffic, ports) if {
	some protocol, numbers in ports
	data.lib.reach.holds(traffic, {protocol}, numbers)
}

# `tcp 389, 636 and udp 389`.
listed(ports) := concat(" and ", [text |
	some protocol, numbers in ports
	text := sprintf("%s %s", [protocol, concat(", ", [digits | some number in numbers; digits := sprintf("%d", [number])])])
])

# Whether openings of one protocol hold every port together: if a port is missing, the lowest missing
# one is port 1 or follows the end of an opening.
cover_every_port(openings) if {
	candidates := {1} | {next | some opening in openings; next := opening.to_port + 1; next <= 65535}
	held := {port | some port in candidates; some opening in openings; opening.from_port <= port; port <= opening.to_port}
	count(candidates - held) == 0
}
