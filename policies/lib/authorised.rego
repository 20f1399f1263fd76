# Ports that the operator lets the internet reach: by default TCP 80 and 443, as Security Hub has it for EC2.18.
package lib.authorised

# Openings to the whole internet that nobody authorised.
open := [opening | some opening in input.analysis.reach.ingress.world; unauthorised(opening)]

doubts := [doubt | some doubt in input.analysis.reach.ingress.unresolved; unauthorised(doubt)]

unauthorised(traffic) if traffic.protocol == "all"

unauthorised(traffic) if {
	authorised_ports := authorised[traffic.protocol]
	inside := {port | some port in authorised_ports; traffic.from_port <= port; port <= traffic.to_port}
	count(inside) <= traffic.to_port - traffic.from_port
}

# ICMP and other protocols have no ports.
authorised := {"tcp": tcp_ports, "udp": udp_ports}

tcp_ports := ports if {
	ports := data.parameters.allowed_tcp_ports
} else := [80, 443]

udp_ports := ports if {
	ports := data.parameters.allowed_udp_ports
} else := []
