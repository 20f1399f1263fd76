package controls.s3.only_trusted_outsiders

control := {
	"id": "S3-023",
	"title": "The bucket policy lets in no account outside the Organization that is not trusted",
	"severity": "HIGH",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy"],
	"rationale": "An account that nobody here runs keeps its access for as long as the policy says so, whoever runs it tomorrow. Trusted are the Organization's accounts and those in the parameter trusted_accounts.",
	"remediation": {
		"text": "Take the account out of the bucket policy, bind it with aws:PrincipalOrgID, or name it in trusted_accounts if it is trusted.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html",
	},
	"related": {
		"prowler": ["s3_bucket_cross_account_access"],
		"config": ["s3-bucket-policy-grantee-check"],
	},
}

verdict := {"status": "PASSED", "reason": "there is no bucket policy"} if {
	data.lib.policy.no_bucket_policy
} else := {"status": "FAILED", "reason": sprintf("let in: %s", [concat(", ", data.lib.policy.untrusted)])} if {
	count(data.lib.policy.untrusted) > 0
} else := {"status": "NOT_AVAILABLE", "reason": sprintf("the account of %s is not known", [concat(", ", unresolved)])} if {
	count(unresolved) > 0
} else := {"status": "PASSED", "reason": "nobody untrusted is let in"} if {
	data.lib.policy.is_bucket_policy
	data.lib.policy.untrusted == []
	unresolved == []
} else := data.lib.analysis.missing

unresolved := input.analysis.policy.unresolved_principals if is_array(input.analysis.policy.unresolved_principals)
