package controls.kms.grants_below_quota

control := {
	"id": "KMS-013",
	"title": "The number of grants stays below the quota",
	"severity": "LOW",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "grants"],
	"rationale": "A key takes 50,000 grants. At the limit the services that need one fail, often where nobody looks for the cause.",
	"remediation": {
		"text": "Find out who creates grants without retiring them, and retire what is no longer used.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html",
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "FAILED", "reason": sprintf("has %d grants; %d are the most that is accepted", [count(input.grants), most])} if {
	is_array(input.grants)
	count(input.grants) > most
} else := {"status": "PASSED", "reason": sprintf("has %d grants", [count(input.grants)])} if {
	input.key_manager == "CUSTOMER"
	is_array(input.grants)
} else := {"status": "NOT_AVAILABLE", "reason": "the grants are not readable"}

most := data.parameters.max_grants_per_key
