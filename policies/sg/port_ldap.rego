package controls.sg.port_ldap

control := {
	"id": "SG-P15",
	"title": "LDAP and LDAPS (TCP ports 389 and 636, UDP port 389) are closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "A directory names every user and group and takes passwords to try. Over UDP it also answers forged queries with far larger responses.",
	"remediation": {
		"text": "Admit only the networks of the directory's clients, and let them use LDAPS.",
		"url": "https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_ldap.html",
	},
	"related": {
		"prowler": ["ec2_instance_port_ldap_exposed_to_internet"],
		"cloudsploit": ["openLDAP", "openLDAPS"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {389, 636}, "udp": {389}}, control.severity)
