package controls.s3_account.block_public_access

control := {
	"id": "S3.1",
	"title": "The account's Block Public Access has all four settings on",
	"severity": "HIGH",
	"resource_type": "AwsAccount",
	"reads": ["public_access_block"],
	"rationale": "The account's settings hold for every bucket, also for those that are created tomorrow.",
	"remediation": {
		"text": "Turn on all four Block Public Access settings of the account, or attach an S3 policy of the Organization.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-block-public-access-account.html",
	},
	"related": {
		"security_hub": ["S3.1"],
		"prowler": ["s3_account_level_public_access_blocks"],
		"config": ["s3-account-level-public-access-blocks-periodic", "s3-account-level-public-access-blocks"],
		"cis": ["3.1.4"],
		"steampipe": ["s3_public_access_block_account"],
		"electriceye": ["S3.7"],
	},
}

verdict := {"status": "PASSED", "reason": "all four settings are on"} if {
	count(off) == 0
} else := {"status": "FAILED", "reason": sprintf("off: %s", [concat(", ", off)])} if {
	count(off) > 0
} else := {"status": "FAILED", "reason": "the settings are not readable"}

off := data.lib.public_access_block.off(input.public_access_block)
