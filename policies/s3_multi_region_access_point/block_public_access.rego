package controls.s3_multi_region_access_point.block_public_access

control := {
	"id": "S3.24",
	"title": "The Multi-Region Access Point's Block Public Access has all four settings on",
	"severity": "HIGH",
	"resource_type": "AwsS3MultiRegionAccessPoint",
	"reads": ["public_access_block"],
	"rationale": "A Multi-Region Access Point with an open setting is a door to several buckets at once, which one mistaken policy can leave open. The settings can only be chosen when it is made.",
	"remediation": {
		"text": "Make a new Multi-Region Access Point with all four Block Public Access settings on, move its users there, and delete this one: the settings cannot be changed later.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/multi-region-access-point-block-public-access.html",
	},
	"related": {
		"security_hub": ["S3.24"],
		"prowler": ["s3_multi_region_access_point_public_access_block"],
		"config": ["s3-mrap-public-access-blocked"],
		"steampipe": ["s3_multi_region_access_point_public_access_blocked"],
	},
}

verdict := {"status": "PASSED", "reason": "all four settings are on"} if {
	count(off) == 0
} else := {"status": "FAILED", "reason": sprintf("off: %s", [concat(", ", off)])} if {
	count(off) > 0
} else := {"status": "FAILED", "reason": "the settings are not readable"}

off := data.lib.public_access_block.off(input.public_access_block)
