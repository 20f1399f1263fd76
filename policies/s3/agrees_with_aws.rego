package controls.s3.agrees_with_aws

control := {
	"id": "S3-080",
	"title": "AWS and orgsweep agree whether the bucket policy is public",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["policy", "policy_status"],
	"rationale": "AWS judges the policy too (GetBucketPolicyStatus). Where the two differ, one of them misreads the policy, and a person has to look at it. If AWS calls it public and orgsweep does not, the severity is higher.",
	"remediation": {
		"text": "Read the policy statement by statement (`orgsweep policy`), and rewrite the statement in question so that it fixes who is let in.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	},
	"related": {},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "there is no bucket policy"} if {
	data.lib.policy.no_bucket_policy
} else := {"status": "PASSED", "reason": sprintf("both say: %s", [said[ours]])} if {
	data.lib.policy.is_bucket_policy
	is_boolean(ours)
	ours == theirs
} else := {"status": "FAILED", "reason": sprintf("AWS calls the policy public, orgsweep does not%s", [fenced]), "severity": "HIGH"} if {
	theirs == true
	ours == false
} else := {"status": "FAILED", "reason": sprintf("orgsweep calls the policy public, AWS does not: %s", [data.lib.policy.public_statements])} if {
	theirs == false
	ours == true
} else := data.lib.analysis.missing

ours := input.analysis.policy.public

theirs := input.policy_status.is_public

said := {true: "public", false: "not public"}

fenced := sprintf(": a Deny keeps the public out of %s", [data.lib.policy.listed(data.lib.policy.fenced)]) if {
	count(data.lib.policy.fenced) > 0
} else := ""
