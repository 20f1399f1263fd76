package controls.sg.port_spark

control := {
	"id": "SG-P27",
	"title": "The Spark user interface (TCP port 4040) is closed to the whole internet",
	"severity": "MEDIUM",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "The page of a running application shows its environment, queries and paths to whoever opens it; Spark asks for no login by default.",
	"remediation": {
		"text": "Reach the page through an SSH tunnel or a proxy, and remove the rules.",
		"url": "https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-web-interfaces.html",
	},
	"related": {
		"electriceye": ["SecurityGroup.30"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {4040}}, control.severity)
