package controls.s3.name_without_dots

control := {
	"id": "S3-063",
	"title": "The name of the bucket is a host name without dots",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["name"],
	"rationale": "The certificate of S3 covers one label before its host name: with a dot in the name, clients that address the bucket by host name cannot verify TLS, and some then turn it off.",
	"remediation": {
		"text": "Create a bucket whose name has lower-case letters, digits and hyphens only, and move the objects; names cannot be changed.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
	},
	"related": {
		"trivy": ["AVD-AWS-0320"],
		"cloudsploit": ["bucketDnsCompliantName"],
	},
}

# One label of a host name, as long as S3 lets a name be (S3 User Guide, "General purpose bucket naming rules").
label := `^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`

verdict := {"status": "PASSED", "reason": "the name is one label"} if {
	is_string(input.name)
	regex.match(label, input.name)
} else := {"status": "FAILED", "reason": "there is a dot in the name"} if {
	is_string(input.name)
	contains(input.name, ".")
} else := {"status": "FAILED", "reason": "the name is no label of a host name"} if {
	is_string(input.name)
} else := {"status": "NOT_AVAILABLE", "reason": "the name is not known"}
