package controls.s3_multi_region_access_point.policy_lets_in_nobody_unknown

control := {
	"id": "S3AP-006",
	"title": "The policy of the Multi-Region Access Point lets in neither everyone nor an account that is not known",
	"severity": "HIGH",
	"resource_type": "AwsS3MultiRegionAccessPoint",
	"reads": ["policy"],
	"rationale": "Buckets often delegate access control to their access points, and this one stands in front of several. Known are the Organization's accounts and those in the parameter trusted_accounts.",
	"remediation": {
		"text": "Name the principals in the policy of the Multi-Region Access Point, bind them with aws:PrincipalOrgID, or name the account in trusted_accounts if it is trusted.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointPermissions.html",
	},
}

verdict := data.lib.access_point.verdict
