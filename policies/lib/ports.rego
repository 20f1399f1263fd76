# The verdict of a control that closes the ports of one service: `{"tcp": {389, 636}, "udp": {389}}`.
package lib.ports

# No port is open to the whole internet, over IPv4 or IPv6.
closed_to_world(ports, severity) := judged(ports, severity, concerned(ports, world), concerned(ports, unresolved))

judged(ports, severity, open, doubts) := data.lib.exposure.failed(severity, open) if {
	count(open) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
} else := {"status": "PASSED", "reason": sprintf("closed to the whole internet: %s", [listed(ports)])} if {
	data.lib.reach.analysed
} else := data.lib.analysis.missing

world := openings if {
	openings := input.analysis.reach.ingress.world
	is_array(openings)
} else := []

# Inbound rules whose sources are not known, so that they may be such openings.
unresolved := doubts if {
	doubts := input.analysis.reach.ingress.unresolved
	is_array(doubts)
} else := []

# The openings at one of the ports, in their order. Without a call for each: a group may have a thousand, and fifty policies ask.
concerned(ports, openings) := [opening | some place in places; opening := openings[place]] if {
	places := {place |
		some protocol, numbers in ports
		wanted := {protocol, "all"}
		some port in numbers
		some place, opening in openings
		opening.protocol in wanted
		opening.from_port <= port
		port <= opening.to_port
	}
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
