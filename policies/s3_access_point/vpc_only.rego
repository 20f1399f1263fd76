package controls.s3_access_point.vpc_only

control := {
	"id": "S3AP-003",
	"title": "The access point answers requests from its VPC only",
	"severity": "LOW",
	"resource_type": "AwsS3AccessPoint",
	"reads": ["network_origin"],
	"rationale": "An access point with the network origin VPC refuses every request from elsewhere, whatever its policy says. The origin can only be chosen when the access point is made.",
	"remediation": {
		"text": "Make a new access point with the network origin VPC, move its users there, and delete this one.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html",
	},
	"related": {"config": ["s3-access-point-in-vpc-only"]},
}

verdict := {"status": "PASSED", "reason": "answers its VPC only"} if {
	input.network_origin == "VPC"
} else := {"status": "FAILED", "reason": "answers the internet, as far as policies allow"} if {
	input.network_origin == "Internet"
} else := {"status": "NOT_AVAILABLE", "reason": "the network origin is not known"}
