package controls.s3.event_notifications

control := {
	"id": "S3.11",
	"title": "The bucket announces its events",
	"severity": "INFORMATIONAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["notifications"],
	"rationale": "Who listens to events learns of an unexpected write or deletion at once, not from an invoice.",
	"remediation": {
		"text": "Send the bucket's events to Amazon EventBridge, or to a function, queue or topic.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html",
	},
	"related": {
		"security_hub": ["S3.11"],
		"prowler": ["s3_bucket_event_notifications_enabled"],
		"config": ["s3-event-notifications-enabled"],
		"steampipe": ["s3_bucket_event_notifications_enabled"],
		"checkov": ["CKV2_AWS_62"],
	},
}

verdict := {"status": "PASSED", "reason": sprintf("events go to %s", [concat(", ", targets)])} if {
	count(targets) > 0
} else := {"status": "FAILED", "reason": "events go nowhere"}

targets contains "Amazon EventBridge" if input.notifications.event_bridge == true

targets contains kind if {
	some kind in ["functions", "queues", "topics"]
	is_number(input.notifications[kind])
	input.notifications[kind] > 0
}
