package controls.s3.services_name_their_source

control := {
	"id": "S3-027",
	"title": "AWS services that the bucket policy lets in act for a named account, resource or Organization",
	"severity": "MEDIUM",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy"],
	"rationale": "A service works for every AWS customer. Without aws:SourceAccount, aws:SourceArn or aws:SourceOrgID it can be made to reach the bucket by somebody else: the confused deputy.",
	"remediation": {
		"text": "Add a condition on aws:SourceAccount, aws:SourceArn or aws:SourceOrgID to the statements for service principals.",
		"url": "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
	},
	"related": {},
}

verdict := {"status": "PASSED", "reason": "there is no bucket policy"} if {
	data.lib.policy.no_bucket_policy
} else := {"status": "PASSED", "reason": "every service is tied to a source"} if {
	data.lib.policy.is_bucket_policy
	input.analysis.policy.services_without_source == []
} else := {"status": "FAILED", "reason": sprintf("no source is fixed for %s", [concat(", ", names)])} if {
	count(names) > 0
} else := data.lib.analysis.missing

names := input.analysis.policy.services_without_source if is_array(input.analysis.policy.services_without_source)
