package controls.sg.port_kerberos

control := {
	"id": "SG-P09",
	"title": "Kerberos (TCP ports 88, 464, 749 and 750) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "The tickets and password changes of a whole directory pass here. Strangers can find out user names, and ask for tickets whose passwords they then guess at home.",
	"remediation": {
		"text": "Admit only the networks of the directory's members to domain controllers and key distribution centres.",
		"url": "https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_best_practices.html",
	},
	"related": {
		"prowler": ["ec2_instance_port_kerberos_exposed_to_internet"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {88, 464, 749, 750}}, control.severity)
