package controls.s3.cross_region_replication

control := {
	"id": "S3.7",
	"title": "Objects are replicated to another region",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["replication", "region"],
	"rationale": "A copy in another region survives the loss of a region, and a deletion in this one.",
	"remediation": {
		"text": "Turn on versioning and add a replication rule whose destination bucket is in another region.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",
	},
	"related": {
		"security_hub": ["S3.7"],
		"prowler": ["s3_bucket_cross_region_replication"],
		"config": ["s3-bucket-cross-region-replication-enabled", "s3-bucket-replication-enabled"],
		"steampipe": ["s3_bucket_cross_region_replication_enabled"],
		"checkov": ["CKV_AWS_144"],
	},
}

verdict := {"status": "PASSED", "reason": sprintf("replicated to %s", [concat(", ", other_regions)])} if {
	count(other_regions) > 0
} else := {"status": "NOT_AVAILABLE", "reason": "the region of a destination bucket is not known"} if {
	destination_unclear
} else := {"status": "FAILED", "reason": "no enabled replication rule leads to another region"}

other_regions := {rule.destination_region |
	some rule in enabled_rules
	is_string(rule.destination_region)
	rule.destination_region != input.region
}

destination_unclear if {
	some rule in enabled_rules
	rule.destination_region == null
}

enabled_rules := data.lib.rules.enabled(input.replication)
