package controls.sg.open_only_on_allowed_interfaces

control := {
	"id": "SG-021",
	"title": "Only interfaces of allowed types are open to the internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists", "network_interfaces"],
	"rationale": "What serves the public stands behind a load balancer; whatever else opens a port to everyone is judged here, whichever port it is.",
	"remediation": {
		"text": "Put a load balancer in front, or add the type of the interface to the parameter `allowed_interface_types`.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_any_port"],
		"scoutsuite": ["ec2-security-group-opens-port-to-all"],
	},
}

verdict := {"status": "PASSED", "reason": "only interfaces of allowed types carry it"} if {
	count(open) > 0
	count(input.network_interfaces) > 0
	count(allowed_carriers) == count(input.network_interfaces)
} else := data.lib.exposure.failed(control.severity, open) if {
	count(open) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
} else := {"status": "PASSED", "reason": "nothing is open to the whole internet"} if {
	data.lib.reach.analysed
} else := data.lib.analysis.missing

open := input.analysis.reach.ingress.world

doubts := input.analysis.reach.ingress.unresolved

allowed_carriers := [interface.id | some interface in input.network_interfaces; interface.interface_type in allowed]

allowed := types if {
	types := data.parameters.allowed_interface_types
} else := ["load_balancer", "network_load_balancer"]
