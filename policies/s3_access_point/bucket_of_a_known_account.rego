package controls.s3_access_point.bucket_of_a_known_account

control := {
	"id": "S3AP-005",
	"title": "The bucket behind the access point belongs to a known account",
	"severity": "MEDIUM",
	"resource_type": "AwsS3AccessPoint",
	"reads": ["bucket_account"],
	"rationale": "Who writes through an access point in front of another account's bucket gives the data away, and reads what that account likes. Known are the account itself, the Organization's accounts and those in the parameter trusted_accounts.",
	"remediation": {
		"text": "Find out why the access point leads there and delete it, or name the account in trusted_accounts if it is trusted.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/creating-access-points.html",
	},
}

verdict := {"status": "PASSED", "reason": "the bucket is the account's own"} if {
	is_string(input.account)
	input.bucket_account == input.account
} else := {"status": "PASSED", "reason": sprintf("the bucket belongs to account %s, which is known", [input.bucket_account])} if {
	is_string(input.bucket_account)
	input.bucket_account in data.lib.strangers.known
} else := {"status": "FAILED", "reason": sprintf("the bucket belongs to account %s", [input.bucket_account])} if {
	is_string(input.bucket_account)
} else := {"status": "NOT_AVAILABLE", "reason": "AWS does not say whose bucket it is"}
