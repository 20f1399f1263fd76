package controls.s3.inventory

control := {
	"id": "S3-066",
	"title": "S3 Inventory lists the objects of the bucket",
	"severity": "INFORMATIONAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["inventories"],
	"rationale": "Without a list nobody knows which objects are old, unencrypted or not replicated, short of asking for each.",
	"remediation": {
		"text": "Add an S3 Inventory configuration that writes to a bucket for inventories.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html",
	},
}

verdict := {"status": "PASSED", "reason": "a configuration is enabled"} if {
	count(data.lib.rules.enabled(input.inventories)) > 0
} else := {"status": "FAILED", "reason": "no configuration of S3 Inventory is enabled"}
