package controls.bucket_key.key_in_own_account

control := {
	"id": "SK-003",
	"title": "The bucket's key belongs to the bucket's account",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["key"],
	"rationale": "The owner of the key decides who reads the bucket, and can disable or delete the key. Orgsweep names the owner and judges the key in the owner's own sweep, if the account is in scope.",
	"remediation": {
		"text": "Make sure that the owner of the key is meant to have this power, or use a key of the bucket's account.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html",
	},
}

verdict := data.lib.bucket_key.aws_key if {
	data.lib.bucket_key.aws_managed
} else := {"status": "FAILED", "reason": sprintf("%s belongs to account %s%s", [data.lib.bucket_key.name, data.lib.bucket_key.owner, known_text])} if {
	data.lib.bucket_key.foreign
} else := data.lib.bucket_key.no_key if {
	data.lib.bucket_key.missing
} else := {"status": "PASSED", "reason": sprintf("%s belongs to the bucket's account", [data.lib.bucket_key.name])} if {
	data.lib.bucket_key.understood
	input.key.foreign == false
	is_string(input.key.key_arn)
} else := data.lib.bucket_key.unread

known_text := " of the Organization" if {
	data.lib.bucket_key.owner in data.parameters.organization_accounts
} else := ", a trusted one" if {
	data.lib.bucket_key.owner in data.parameters.trusted_accounts
} else := ""
