package controls.s3.no_website

control := {
	"id": "S3-015",
	"title": "The bucket is no website",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["website"],
	"rationale": "A website endpoint speaks plain HTTP and serves whoever comes. CloudFront in front of a private bucket speaks TLS and leaves the bucket closed.",
	"remediation": {
		"text": "Serve the site through CloudFront with origin access control, then delete the website configuration.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html",
	},
	"related": {
		"steampipe": ["s3_bucket_static_website_hosting_disabled"],
		"cloudsploit": ["bucketWebsiteEnabled"],
	},
}

verdict := {"status": "PASSED", "reason": "there is no website"} if {
	input.website == null
} else := {"status": "FAILED", "reason": "the website sends every request on to another host"} if {
	input.website.redirects_everything == true
} else := {"status": "FAILED", "reason": "website hosting is on"}
