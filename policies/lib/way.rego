# The conditions under which the internet reaches an interface, in words.
package lib.way

conditions := {
	"public_address": "a public address",
	"route": "a route to an internet gateway",
	"network_acl": "a network ACL that lets it in",
	"not_blocked": "no VPC Block Public Access against it",
}

# ` (eni-1: without a public address)`, if the interface in question is known.
detail(exposure) := sprintf(" (%s)", [concat("; ", found)]) if {
	exposure == data.lib.exposure.of_group
	found := [text | some interface in array.slice(interfaces, 0, 1); text := of_interface(exposure, interface)]
	count(found) > 0
} else := ""

# Every interface of the group was read and understood.
carriers_known if {
	is_array(input.network_interfaces)
	count([interface | some interface in input.network_interfaces; is_string(interface.id)]) == count(input.network_interfaces)
}

interfaces := listed if {
	listed := input.analysis.reach.reachability.interfaces
} else := []

of_interface(exposure, interface) := sprintf("%s: %s %s", [interface.id, words[exposure], concat(", ", held(interface, values[exposure]))])

words := {"unattached": "with", "unreachable": "without", "expected": "with", "unknown": "not known:", "reachable": "with"}

values := {"unattached": "yes", "unreachable": "no", "expected": "yes", "unknown": "unknown", "reachable": "yes"}

held(interface, value) := [text | some name, text in conditions; interface.conditions[name] == value]
