package controls.s3.block_public_access

control := {
	"id": "S3.8",
	"title": "The bucket's own Block Public Access has all four settings on",
	"severity": "HIGH",
	"resource_type": "AwsS3Bucket",
	"reads": ["public_access_block"],
	"rationale": "Without it, one mistaken policy or ACL is enough to publish the bucket, whatever the account's settings become later.",
	"remediation": {
		"text": "Turn on all four Block Public Access settings of the bucket.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	},
	"related": {
		"security_hub": ["S3.8"],
		"prowler": ["s3_bucket_level_public_access_block"],
		"config": ["s3-bucket-level-public-access-prohibited"],
		"cis": ["3.1.4"],
		"trivy": ["AVD-AWS-0094"],
		"steampipe": ["s3_public_access_block_bucket", "s3_public_access_block_bucket_account"],
		"cloudsploit": ["bucketPublicAccessBlock"],
		"checkov": ["CKV2_AWS_6"],
	},
}

verdict := {"status": "PASSED", "reason": "all four settings are on"} if {
	count(off) == 0
} else := {"status": "FAILED", "reason": sprintf("off: %s", [concat(", ", off)])} if {
	count(off) > 0
} else := {"status": "FAILED", "reason": "the settings are not readable"}

off := data.lib.public_access_block.off(input.public_access_block)
