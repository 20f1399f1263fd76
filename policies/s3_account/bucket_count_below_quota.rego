package controls.s3_account.bucket_count_below_quota

control := {
	"id": "S3ACCT-003",
	"title": "The number of buckets stays below the quota",
	"severity": "INFORMATIONAL",
	"resource_type": "AwsAccount",
	"reads": ["account", "bucket_count"],
	"rationale": "An account holds 10,000 general purpose buckets unless more were asked for. At the limit whatever makes buckets fails, often where nobody looks for the cause.",
	"remediation": {
		"text": "Delete buckets that nobody needs, or ask for a higher quota and raise the parameter `max_buckets_per_account`.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/BucketRestrictions.html",
	},
}

verdict := {"status": "FAILED", "reason": sprintf("has %d buckets; %d are the most that is accepted", [input.bucket_count, most])} if {
	is_number(input.bucket_count)
	input.bucket_count > most
} else := {"status": "PASSED", "reason": sprintf("has %d buckets", [input.bucket_count])} if {
	is_string(input.account)
	is_number(input.bucket_count)
	input.bucket_count <= most
} else := {"status": "NOT_AVAILABLE", "reason": "how many buckets there are is not known"}

most := data.parameters.max_buckets_per_account
