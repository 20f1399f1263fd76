package controls.s3.intelligent_tiering

control := {
	"id": "S3-067",
	"title": "An Intelligent-Tiering configuration archives what nobody reads",
	"severity": "INFORMATIONAL",
	"resource_type": "AwsS3Bucket",
	"reads": ["tierings"],
	"rationale": "Objects that nobody reads for months cost the full price until something moves them.",
	"remediation": {
		"text": "Add an Intelligent-Tiering configuration with archive tiers, or move objects by lifecycle rules.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/intelligent-tiering-managing.html",
	},
}

verdict := {"status": "PASSED", "reason": "a configuration is enabled"} if {
	count(data.lib.rules.enabled(input.tierings)) > 0
} else := {"status": "FAILED", "reason": "no configuration of Intelligent-Tiering is enabled"}
