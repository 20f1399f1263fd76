package controls.s3.team_is_known

control := {
	"id": "ACME-S3.1",
	"title": "S3 buckets name the team that owns them",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["tags"],
	"rationale": "A bucket without an owner is a bucket that nobody closes.",
	"remediation": {
		"text": "Tag the bucket with `team` and the name of a team of today.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html",
	},
	"related": {"acme": ["CLOUD-17"]},
}

verdict := {"status": "PASSED", "reason": "the bucket belongs to a team"} if {
	input.tags.team in data.lib.teams.known
} else := {"status": "FAILED", "reason": "the tag `team` is not set"} if {
	not has_team
} else := {"status": "FAILED", "reason": "the tag `team` names no team of today", "severity": "MEDIUM"}

has_team if {
	input.tags.team != ""
}
