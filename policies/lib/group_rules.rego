# The rules of a security group one by one, whatever their source: questions to `input.rules`.
package lib.group_rules

# The rules were read, and understood when they were analysed.
known if {
	is_array(input.rules)
	data.lib.reach.analysed
}

inbound := [rule | some rule in input.rules; rule.direction == "ingress"]

outbound := [rule | some rule in input.rules; rule.direction == "egress"]

# All protocols, or every port of TCP or UDP; port 0 is no port that anything listens on.
opens_every_port(rule) if protocol(rule) == "all"

opens_every_port(rule) if {
	protocol(rule) in {"tcp", "udp"}
	first_port(rule) <= 1
	last_port(rule) == 65535
}

# Lets the protocol through at one of the ports.
holds(rule, _, _) if protocol(rule) == "all"

holds(rule, name, ports) if {
	protocol(rule) == name
	some port in ports
	first_port(rule) <= port
	port <= last_port(rule)
}

# EC2 also takes protocol numbers (EC2 API Reference, `IpPermission`).
protocol(rule) := object.get({"-1": "all", "6": "tcp", "17": "udp"}, rule.protocol, rule.protocol)

# A port that is left out or -1 leaves its end open.
first_port(rule) := rule.from_port if {
	rule.from_port >= 0
} else := 0

last_port(rule) := rule.to_port if {
	rule.to_port >= 0
} else := 65535

# `sgr-1, sgr-2, sgr-3 and 4 more`
names(rules) := data.lib.reach.listed([name | some rule in rules; name := name_of(rule)], count(rules))

name_of(rule) := rule.rule_id if {
	is_string(rule.rule_id)
} else := "a rule without id"

unread := {"status": "NOT_AVAILABLE", "reason": "the rules were not read"}
