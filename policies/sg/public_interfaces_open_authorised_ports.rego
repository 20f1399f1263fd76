package controls.sg.public_interfaces_open_authorised_ports

control := {
	"id": "SG-043",
	"title": "Interfaces that serve the public open only authorised ports",
	"severity": "INFORMATIONAL",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists", "network_interfaces"],
	"rationale": "Load balancers, API gateways and endpoints are there to be reached, so an open port is expected on them; one that nobody authorised is worth a look.",
	"remediation": {
		"text": "Close the port, or add it to the parameters `allowed_tcp_ports` or `allowed_udp_ports`.",
		"url": "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "no interface that serves the public carries it"} if {
	is_array(input.network_interfaces)
	count(serving) == 0
} else := {"status": "FAILED", "reason": sprintf("%s on %s", [data.lib.reach.describe(open), data.lib.reach.listed(serving, count(serving))])} if {
	count(open) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
} else := {"status": "PASSED", "reason": "only authorised ports are open to the whole internet"} if {
	data.lib.reach.analysed
	data.lib.way.carriers_known
} else := data.lib.analysis.missing

serving := [interface.id | some interface in input.network_interfaces; interface.interface_type in types]

types := {
	"api_gateway_managed", "gateway_load_balancer", "gateway_load_balancer_endpoint", "global_accelerator_managed",
	"load_balancer", "network_load_balancer", "vpc_endpoint",
}

open := data.lib.authorised.open

doubts := data.lib.authorised.doubts
