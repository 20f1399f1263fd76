package controls.sg.port_amqp

control := {
	"id": "SG-P33",
	"title": "AMQP (TCP port 5672) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Messages and passwords travel in clear text on this port, and the accounts that brokers come with are the first that strangers try.",
	"remediation": {
		"text": "Admit only the security groups of producers and consumers, and use AMQP over TLS (port 5671).",
		"url": "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/using-amazon-mq-securely.html",
	},
	"related": {
		"electriceye": ["SecurityGroup.29"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {5672}}, control.severity)
