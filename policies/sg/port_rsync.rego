package controls.sg.port_rsync

control := {
	"id": "SG-P18",
	"title": "rsync (TCP port 873) is closed to the whole internet",
	"severity": "HIGH",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "The rsync daemon speaks clear text, and a module without a password lets anyone copy its files or, if it is writable, replace them.",
	"remediation": {
		"text": "Run rsync over SSH or use AWS DataSync, and admit only the hosts that take part.",
		"url": "https://docs.aws.amazon.com/datasync/latest/userguide/what-is-datasync.html",
	},
	"related": {
		"electriceye": ["SecurityGroup.22"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {873}}, control.severity)
