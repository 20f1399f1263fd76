package controls.s3.in_an_allowed_region

control := {
	"id": "S3-068",
	"title": "The bucket lies in an allowed region",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["region"],
	"rationale": "Data in a region that nobody chose is governed by another country's law and watched by nobody.",
	"remediation": {
		"text": "Move the objects to a bucket in one of the regions of the parameter `allowed_regions`, and deny s3:CreateBucket elsewhere by a service control policy.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-overview.html",
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "every region is allowed"} if {
	count(allowed) == 0
} else := {"status": "PASSED", "reason": sprintf("%s is allowed", [input.region])} if {
	input.region in allowed
} else := {"status": "FAILED", "reason": sprintf("%s is not among the allowed regions", [input.region])} if {
	is_string(input.region)
} else := {"status": "NOT_AVAILABLE", "reason": "the region is not known"}

allowed := regions if {
	regions := data.parameters.allowed_regions
} else := []
