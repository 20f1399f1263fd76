package controls.s3.confined_to_the_organization

control := {
	"id": "S3-030",
	"title": "The bucket policy confines access to the Organization",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy"],
	"rationale": "A Deny for principals outside the Organization (aws:PrincipalOrgID) holds whatever is allowed elsewhere by mistake. A resource control policy does the same for all buckets at once, but cannot be seen from the bucket.",
	"remediation": {
		"text": "Add a Deny of s3:* for everyone on the bucket and all its objects with StringNotEqualsIfExists on aws:PrincipalOrgID and BoolIfExists on aws:PrincipalIsAWSService.",
		"url": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html",
	},
	"related": {},
}

verdict := {"status": "FAILED", "reason": "there is no bucket policy"} if {
	data.lib.policy.no_bucket_policy
} else := {"status": "FAILED", "reason": "no Deny keeps principals outside the Organization out"} if {
	organizations == []
} else := {"status": "NOT_AVAILABLE", "reason": "the parameter organization_id is not set"} if {
	count(organizations) > 0
	not is_string(data.parameters.organization_id)
} else := {"status": "PASSED", "reason": "principals outside the Organization are denied"} if {
	organizations == [data.parameters.organization_id]
} else := {"status": "FAILED", "reason": sprintf("confined to %s", [concat(", ", organizations)])} if {
	count(organizations) > 0
} else := data.lib.analysis.missing

organizations := ids if {
	data.lib.policy.is_bucket_policy
	ids := input.analysis.policy.confined_to_organizations
	is_array(ids)
}
