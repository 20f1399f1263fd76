package controls.sg.port_hadoop_namenode

control := {
	"id": "SG-P36",
	"title": "The Hadoop NameNode (TCP ports 8020, 50070 and 50470) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "The NameNode knows where every file of the cluster lies. Without Kerberos it believes whatever user name a client gives.",
	"remediation": {
		"text": "Admit only the nodes of the cluster and the hosts that submit work to it.",
		"url": "https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-security-groups.html",
	},
	"related": {
		"cloudsploit": ["openHadoopNameNode", "openHadoopNameNodeWebUI"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {8020, 50070, 50470}}, control.severity)
