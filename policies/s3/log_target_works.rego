package controls.s3.log_target_works

control := {
	"id": "S3-051",
	"title": "The target of the access logs exists, is a bucket of its own in the same account and region, and lets the logs in",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["logging", "log_target", "name", "region"],
	"rationale": "S3 says nothing when logs cannot be delivered: logging looks on, and there are no logs on the day they are needed.",
	"remediation": {
		"text": "Log to a separate bucket of the same account and region whose policy lets logging.s3.amazonaws.com put objects.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html",
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "server access logging is off, as S3.9 says"} if {
	input.logging == null
} else := {"status": "FAILED", "reason": concat("; ", faults)} if {
	count(faults) > 0
} else := {"status": "PASSED", "reason": sprintf("`%s` lets the logs in", [input.logging.target_bucket])} if {
	is_string(input.name)
	input.log_target.exists == true
	input.log_target.owned == true
	input.log_target.region == input.region
	input.analysis.log_delivery == true
} else := {"status": "NOT_AVAILABLE", "reason": "it is not known whether the target lets the logs in"}

faults contains "the bucket logs to itself" if input.logging.target_bucket == input.name

faults contains sprintf("`%s` does not exist", [input.logging.target_bucket]) if input.log_target.exists == false

faults contains sprintf("`%s` belongs to another account", [input.logging.target_bucket]) if {
	input.log_target.exists == true
	input.log_target.owned == false
}

faults contains sprintf("`%s` lies in %s", [input.logging.target_bucket, input.log_target.region]) if {
	is_string(input.log_target.region)
	input.log_target.region != input.region
}

faults contains sprintf("`%s` does not let the logs in", [input.logging.target_bucket]) if {
	input.log_target.owned == true
	input.log_target.region == input.region
	input.analysis.log_delivery == false
}
