package controls.s3.access_logging

control := {
	"id": "S3.9",
	"title": "Server access logging is on",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["logging", "policy", "acl", "object_ownership"],
	"enough": ["logging"],
	"rationale": "Without logs nobody can say later who read what. A bucket that receives such logs is exempt: its own logs would feed themselves.",
	"remediation": {
		"text": "Turn on server access logging into a bucket of the same account and region that is used for logs only.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html",
	},
	"related": {
		"security_hub": ["S3.9"],
		"prowler": ["s3_bucket_server_access_logging_enabled"],
		"config": ["s3-bucket-logging-enabled"],
		"trivy": ["AVD-AWS-0089"],
		"scoutsuite": ["s3-bucket-no-logging"],
		"steampipe": ["s3_bucket_logging_enabled"],
		"cloudsploit": ["bucketLogging"],
		"electriceye": ["S3.6"],
		"checkov": ["CKV_AWS_18"],
	},
}

verdict := {"status": "PASSED", "reason": sprintf("logged to `%s`", [input.logging.target_bucket])} if {
	is_string(input.logging.target_bucket)
} else := {"status": "NOT_APPLICABLE", "reason": "the bucket receives access logs"} if {
	input.analysis.receives_access_logs == true
} else := {"status": "FAILED", "reason": "server access logging is off"} if {
	input.analysis.receives_access_logs == false
} else := data.lib.analysis.missing
