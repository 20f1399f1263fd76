package controls.sg.no_single_public_address

control := {
	"id": "SG-026",
	"title": "No inbound rule names one public address",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules"],
	"rationale": "Single addresses are somebody's home, office or rented host. They change hands without notice, and the rule then lets in whoever has the address next.",
	"remediation": {
		"text": "Let people in through AWS Systems Manager or a VPN. Keep the fixed addresses of partners in a prefix list with a name.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html",
	},
	"related": {
		"prowler": ["ec2_securitygroup_allow_ingress_from_internet_to_any_port_from_ip"],
	},
}

verdict := {"status": "FAILED", "reason": sprintf("rules that name one public address: %s", [data.lib.group_rules.names(single)])} if {
	count(single) > 0
} else := {"status": "PASSED", "reason": "no inbound rule names one public address"} if {
	data.lib.group_rules.known
} else := data.lib.group_rules.unread

single := [rule |
	some rule in data.lib.group_rules.inbound
	is_string(rule.cidr)
	one_public_address(rule.cidr)
]

one_public_address(cidr) if {
	endswith(cidr, "/32")
	not contains(cidr, ":")
	count([block | some block in not_public; net.cidr_contains(block, cidr)]) == 0
}

# The global unicast block, 2000::/3 (RFC 4291).
one_public_address(cidr) if {
	endswith(cidr, "/128")
	net.cidr_contains("2000::/3", cidr)
}

# Of the IANA IPv4 Special-Purpose Address Registry (RFC 6890), the blocks that hosts have.
not_public := ["10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15"]
