package controls.bucket_key.exposure_agrees

control := {
	"id": "SK-006",
	"title": "The bucket and its key let in the same outsiders, and the key not everyone",
	"severity": "HIGH",
	"resource_type": "AwsS3Bucket",
	"reads": ["key", "public", "accounts"],
	"linked_control": "KMS.5",
	"rationale": "A key that lets in more than its bucket opens every other copy of the data; a bucket that lets in more than its key promises access that does not work. The policy of aws/s3 lets in no other account at all.",
	"remediation": {
		"text": "Take out of the key policy whoever has no business with the bucket, or let both in on purpose.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html",
	},
}

verdict := data.lib.bucket_key.aws_key if {
	data.lib.bucket_key.aws_managed
	count(outsiders) == 0
} else := {"status": "FAILED", "severity": "LOW", "reason": sprintf("the bucket lets in %s, aws/s3 does not", [texts(outsiders)])} if {
	data.lib.bucket_key.aws_managed
	count(outsiders) > 0
} else := data.lib.bucket_key.other_account if {
	data.lib.bucket_key.foreign
} else := data.lib.bucket_key.no_key if {
	data.lib.bucket_key.missing
} else := {"status": "FAILED", "reason": sprintf("%s lets in everyone", [data.lib.bucket_key.name])} if {
	input.key.public == true
} else := {"status": "FAILED", "severity": "MEDIUM", "reason": sprintf("%s lets in %s, the bucket does not", [data.lib.bucket_key.name, texts(key_users - outsiders)])} if {
	count(key_users - outsiders) > 0
} else := {"status": "FAILED", "severity": "LOW", "reason": sprintf("the bucket lets in %s, %s does not", [texts(outsiders - key_users), data.lib.bucket_key.name])} if {
	count(outsiders - key_users) > 0
} else := {"status": "PASSED", "reason": sprintf("%s and the bucket let in the same outsiders", [data.lib.bucket_key.name])} if {
	data.lib.bucket_key.understood
	count(outsiders - key_users) == 0
	input.key.public == false
} else := data.lib.bucket_key.unread

# Whom the bucket lets in, and whom the key.
outsiders := {who | some who in input.accounts} | {"everyone" | input.public == true} if {
	is_array(input.accounts)
	is_boolean(input.public)
}

key_users := {who | some who in input.key.accounts} if is_array(input.key.accounts)

texts(names) := data.lib.reach.listed(sort(names), count(names))
