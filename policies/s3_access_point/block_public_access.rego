package controls.s3_access_point.block_public_access

control := {
	"id": "S3.19",
	"title": "The access point's Block Public Access has all four settings on",
	"severity": "CRITICAL",
	"resource_type": "AwsS3AccessPoint",
	"reads": ["public_access_block"],
	"rationale": "An access point with an open setting is a second door to the bucket, which one mistaken policy can leave open. The settings can only be chosen when the access point is made.",
	"remediation": {
		"text": "Make a new access point with all four Block Public Access settings on, move its users there, and delete this one: the settings cannot be changed later.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html",
	},
	"related": {
		"security_hub": ["S3.19"],
		"prowler": ["s3_access_point_public_access_block"],
		"config": ["s3-access-point-public-access-blocks"],
		"steampipe": ["s3_access_point_restrict_public_access"],
		"checkov": ["CKV_AWS_392"],
	},
}

verdict := {"status": "PASSED", "reason": "all four settings are on"} if {
	count(off) == 0
} else := {"status": "FAILED", "reason": sprintf("off: %s", [concat(", ", off)])} if {
	count(off) > 0
} else := {"status": "FAILED", "reason": "the settings are not readable"}

off := data.lib.public_access_block.off(input.public_access_block)
