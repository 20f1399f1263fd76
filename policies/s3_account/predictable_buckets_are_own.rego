package controls.s3_account.predictable_buckets_are_own

control := {
	"id": "S3-064",
	"title": "No bucket under a name that AWS services choose for the account belongs to somebody else",
	"severity": "HIGH",
	"resource_type": "AwsAccount",
	"reads": ["account", "predictable_buckets"],
	"rationale": "Services and tools make buckets whose names follow from account and region. Who takes such a name first receives what the service writes and hands it what it reads, without any sign in the account.",
	"remediation": {
		"text": "Do not use the service or tool in this region with its default bucket: name a bucket of your own, and tell AWS of the foreign one. Where the service is not used yet, take the names that are still free.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html",
	},
	"related": {"prowler": ["s3_bucket_shadow_resource_vulnerability"]},
}

verdict := {"status": "FAILED", "reason": sprintf("of another account: %s", [concat(", ", foreign)])} if {
	count(foreign) > 0
} else := {"status": "PASSED", "reason": "none is of another account"} if {
	is_string(input.account)
	is_array(input.predictable_buckets)
	count(own) == count(input.predictable_buckets)
} else := {"status": "NOT_AVAILABLE", "reason": "whose the buckets are is not known"}

foreign := [sprintf("`%s` (%s)", [bucket.name, bucket.used_by]) |
	is_array(input.predictable_buckets)
	some bucket in input.predictable_buckets
	bucket.owned == false
]

own := [bucket |
	is_array(input.predictable_buckets)
	some bucket in input.predictable_buckets
	bucket.owned == true
]
