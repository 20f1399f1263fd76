package controls.kms.single_region

control := {
	"id": "KMS-010",
	"title": "The key belongs to one Region, unless multi-Region keys are allowed",
	"severity": "LOW",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "multi_region"],
	"rationale": "A multi-Region key has the same material in several Regions: whoever gets hold of one replica reads what all of them encrypt.",
	"remediation": {
		"text": "Use one key for each Region and encrypt anew where data moves, or allow multi-Region keys with the parameter `multi_region_keys`.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html",
	},
	"related": {
		"prowler": ["kms_cmk_not_multi_region"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "NOT_APPLICABLE", "reason": "multi-Region keys are allowed"} if {
	data.parameters.multi_region_keys == true
} else := {"status": "FAILED", "reason": "a multi-Region key"} if {
	input.multi_region == true
} else := {"status": "PASSED", "reason": "a key of one Region"} if {
	input.key_manager == "CUSTOMER"
	input.multi_region == false
} else := {"status": "NOT_AVAILABLE", "reason": "whether the key is a multi-Region key was not read"}
