# How far the internet gets through an open group, and what a failure's severity and reason owe to it.
package lib.exposure

# The failure of a control that is `base` where an open port is reached, for openings to the whole internet.
failed(base, openings) := {
	"status": "FAILED",
	"severity": severity_of(base, openings),
	"reason": sprintf("open to the whole internet: %s; %s", [data.lib.reach.describe(openings), way(exposure_of(openings))]),
}

# `CRITICAL` instead of `HIGH` if the internet reaches a port for administration or of a high risk, `base` if it reaches another or nobody
# knows, one step less if it reaches nothing, or only what is there to be reached, and two if nothing carries the group.
severity_of(base, openings) := "CRITICAL" if {
	base == "HIGH"
	exposure_of(openings) == "reachable"
	count([opening | some opening in openings; opening.exposure == "reachable"; is_risky(opening)]) > 0
} else := lowered(base, exposure_of(openings))

# The same for the group as a whole.
severity(base) := lowered(base, of_group)

of_group := exposure if {
	exposure := input.analysis.reach.reachability.exposure
} else := "unknown"

order := ["unattached", "unreachable", "expected", "unknown", "reachable"]

ranks := {name: rank | some rank, name in order}

exposure_of(openings) := order[max([rank | some opening in openings; rank := ranks[object.get(opening, "exposure", "unknown")]])]

levels := ["LOW", "MEDIUM", "HIGH", "CRITICAL"]

lowered(base, exposure) := levels[max([0, place - {"unattached": 2, "unreachable": 1, "expected": 1, "unknown": 0, "reachable": 0}[exposure]])] if {
	some place, level in levels
	level == base
}

lowered(base, _) := base if not base in levels

is_risky(opening) if data.lib.reach.holds(opening, {"tcp"}, data.lib.exposure.risky_ports)

is_risky(opening) if data.lib.reach.holds(opening, {"udp"}, {3389})

# AWS Security Hub User Guide, EC2.19.
risky_ports := {20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080, 8088, 8888, 9200, 9300}

# What is known of the way to the interfaces.
way(exposure) := sprintf("%s%s", [texts[exposure], data.lib.way.detail(exposure)])

texts := {
	"unattached": "no interface carries the group",
	"unreachable": "no interface is reached",
	"expected": "only interfaces that are there for it are reached",
	"unknown": "whether an interface is reached is unknown",
	"reachable": "reached",
}
