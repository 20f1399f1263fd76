package controls.bucket_key.key_not_named_by_alias

control := {
	"id": "SK-007",
	"title": "The bucket names its key by ARN or id, not by alias",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["reference"],
	"rationale": "KMS resolves an alias name in the account of whoever uploads, so objects of other accounts are encrypted with keys of theirs or not at all; and whoever may move an alias changes the key.",
	"remediation": {
		"text": "Name the key's ARN in the bucket's default encryption.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html",
	},
}

verdict := data.lib.bucket_key.aws_key if {
	input.reference == null
} else := data.lib.bucket_key.aws_key if {
	data.lib.bucket_key.names_aws_s3
} else := {"status": "FAILED", "reason": sprintf("%s is resolved in the account of whoever uploads", [input.reference])} if {
	is_string(input.reference)
	startswith(input.reference, "alias/")
} else := {"status": "FAILED", "reason": sprintf("%s is an alias, which may be moved to another key", [input.reference])} if {
	is_string(input.reference)
	contains(input.reference, ":alias/")
} else := {"status": "PASSED", "reason": sprintf("the bucket names %s", [input.reference])} if {
	names_key
} else := {"status": "NOT_AVAILABLE", "reason": "what the bucket names is not known"}

names_key if {
	is_string(input.reference)
	contains(input.reference, ":key/")
}

# A key id: a UUID, or that of a multi-Region key.
names_key if {
	is_string(input.reference)
	regex.match(`^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$`, input.reference)
}
