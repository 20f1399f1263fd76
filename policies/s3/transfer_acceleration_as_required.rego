package controls.s3.transfer_acceleration_as_required

control := {
	"id": "S3-061",
	"title": "Transfer Acceleration is as the parameters require",
	"severity": "INFORMATIONAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["transfer_acceleration"],
	"rationale": "An accelerated bucket is reached through edge locations under another host name, which network rules may not know, and costs more per byte.",
	"remediation": {
		"text": "Turn Transfer Acceleration on or off, as the parameter `transfer_acceleration` says.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/transfer-acceleration.html",
	},
	"related": {
		"cloudsploit": ["bucketTransferAcceleration"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "the parameters require nothing"} if {
	not is_boolean(data.parameters.transfer_acceleration)
} else := {"status": "PASSED", "reason": sprintf("it is %s, as required", [state])} if {
	wanted == state
} else := {"status": "FAILED", "reason": sprintf("it is %s", [state])} if {
	is_string(state)
} else := {"status": "NOT_AVAILABLE", "reason": "its state is not readable"}

wanted := {true: "on", false: "off"}[data.parameters.transfer_acceleration]

state := "on" if {
	input.transfer_acceleration == "Enabled"
} else := "off" if {
	input.transfer_acceleration in {null, "Suspended"}
}
