package controls.sg.port_oracle_autonomous

control := {
	"id": "SG-P22",
	"title": "Oracle Autonomous Database (TCP port 1522) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Oracle's autonomous databases and data warehouses listen here. The data of a whole company should not be one stolen wallet away from everyone.",
	"remediation": {
		"text": "Admit only the networks or security groups of the database's clients.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"cloudsploit": ["openOracleAutoDataWarehouse"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {1522}}, control.severity)
