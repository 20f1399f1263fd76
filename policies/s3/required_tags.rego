package controls.s3.required_tags

control := {
	"id": "S3-062",
	"title": "The bucket has the required tags",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["tags"],
	"rationale": "Without an owner's tag nobody answers for a bucket, and a finding on it finds nobody.",
	"remediation": {
		"text": "Add the tags that the parameter `required_tags` names, with a value each.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html",
	},
	"related": {
		"config": ["s3-bucket-tagged", "required-tags"],
		"cloudsploit": ["s3BucketHasTags"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "no tags are required"} if {
	count(required) == 0
} else := {"status": "FAILED", "reason": sprintf("missing: %s", [concat(", ", missing)])} if {
	count(missing) > 0
} else := {"status": "PASSED", "reason": sprintf("has %s", [concat(", ", required)])} if {
	is_object(input.tags)
} else := {"status": "NOT_AVAILABLE", "reason": "the tags are not readable"}

required := {key | some key in data.parameters.required_tags}

# An empty value answers nothing.
missing := {key |
	is_object(input.tags)
	some key in required
	object.get(input.tags, key, "") == ""
}
