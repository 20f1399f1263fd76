package controls.s3.blocks_sse_c

control := {
	"id": "S3-044",
	"title": "Uploads with keys of the client (SSE-C) are blocked",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["encryption"],
	"rationale": "An attacker who can write re-encrypts objects with a key that only he has and asks for ransom. Buckets older than April 2026 allow it unless told otherwise.",
	"remediation": {
		"text": "Add SSE-C to the blocked encryption types of the bucket's default encryption.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html",
	},
}

verdict := {"status": "PASSED", "reason": "SSE-C is blocked"} if {
	"SSE-C" in input.encryption.blocked_encryption_types
} else := {"status": "FAILED", "reason": "SSE-C is not blocked"}
