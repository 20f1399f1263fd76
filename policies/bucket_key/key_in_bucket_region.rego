package controls.bucket_key.key_in_bucket_region

control := {
	"id": "SK-004",
	"title": "The bucket's key is in the bucket's Region",
	"severity": "INFORMATIONAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["key"],
	"rationale": "Amazon S3 can only use a key of the bucket's own Region; a reference to another Region makes uploads fail.",
	"remediation": {
		"text": "Name a key of the bucket's Region in its default encryption.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
	},
}

verdict := data.lib.bucket_key.aws_key if {
	data.lib.bucket_key.aws_managed
} else := data.lib.bucket_key.no_key if {
	data.lib.bucket_key.missing
} else := {"status": "PASSED", "reason": sprintf("%s is in %s", [data.lib.bucket_key.name, key_region])} if {
	data.lib.bucket_key.understood
	key_region == input.region
} else := {"status": "FAILED", "reason": sprintf("%s is in %s, the bucket in %s", [data.lib.bucket_key.name, key_region, input.region])} if {
	key_region != input.region
} else := data.lib.bucket_key.unread

# The fourth part of an ARN; an alias or a key id says nothing until it is resolved.
key_region := split(data.lib.bucket_key.name, ":")[3] if startswith(data.lib.bucket_key.name, "arn:")
