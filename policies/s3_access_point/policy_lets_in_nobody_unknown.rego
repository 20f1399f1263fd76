package controls.s3_access_point.policy_lets_in_nobody_unknown

control := {
	"id": "S3AP-004",
	"title": "The access point policy lets in neither everyone nor an account that is not known",
	"severity": "HIGH",
	"resource_type": "AwsS3AccessPoint",
	"reads": ["policy", "network_origin"],
	"rationale": "Buckets often delegate access control to their access points, so that whoever the access point policy lets in gets the data. Known are the Organization's accounts and those in the parameter trusted_accounts.",
	"remediation": {
		"text": "Name the principals in the access point policy, bind them with aws:PrincipalOrgID, or name the account in trusted_accounts if it is trusted.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html",
	},
}

verdict := {"status": "NOT_AVAILABLE", "reason": "the network origin is not known"} if {
	not has_origin
} else := data.lib.access_point.verdict

# An access point of a VPC is not public, whatever its policy says.
has_origin if input.network_origin in {"Internet", "VPC"}
