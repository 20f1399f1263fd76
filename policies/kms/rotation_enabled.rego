package controls.kms.rotation_enabled

control := {
	"id": "KMS.4",
	"title": "Automatic rotation of the key is enabled",
	"severity": "MEDIUM",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "key_spec", "origin", "key_state", "replica_keys", "key_rotation_enabled"],
	"rationale": "Rotation limits how much is encrypted with the same key material. KMS rotates enabled symmetric encryption keys whose material it made, and multi-Region keys at their primary.",
	"remediation": {
		"text": "Enable automatic rotation of the key. What is encrypted stays readable.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-enable.html",
	},
	"related": {
		"security_hub": ["KMS.4"],
		"prowler": ["kms_cmk_rotation_enabled"],
		"config": ["cmk-backing-key-rotation-enabled"],
		"cis": ["4.6"],
		"trivy": ["AVD-AWS-0065"],
		"scoutsuite": ["kms-cmk-rotation-disabled"],
		"steampipe": ["kms_cmk_rotation_enabled"],
		"cloudsploit": ["kmsKeyRotation"],
		"electriceye": ["KMS.1"],
		"checkov": ["CKV_AWS_7"],
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "NOT_APPLICABLE", "reason": sprintf("keys of spec %s do not rotate automatically", [input.key_spec])} if {
	input.key_spec != "SYMMETRIC_DEFAULT"
} else := {"status": "NOT_APPLICABLE", "reason": sprintf("keys of origin %s do not rotate automatically", [input.origin])} if {
	input.origin != "AWS_KMS"
} else := {"status": "NOT_APPLICABLE", "reason": sprintf("the key is %s; only enabled keys rotate", [input.key_state])} if {
	input.key_state != "Enabled"
} else := {"status": "NOT_APPLICABLE", "reason": sprintf("rotation is set at the primary key %s", [primaries[0]])} if {
	count(primaries) > 0
} else := {"status": "PASSED", "reason": "rotation is enabled"} if {
	rotates_by_itself
	input.key_rotation_enabled == true
} else := {"status": "FAILED", "reason": "rotation is not enabled"} if {
	input.key_rotation_enabled == false
} else := {"status": "NOT_AVAILABLE", "reason": "whether the key rotates was not read"}

rotates_by_itself if {
	input.key_manager == "CUSTOMER"
	input.key_spec == "SYMMETRIC_DEFAULT"
	input.origin == "AWS_KMS"
	input.key_state == "Enabled"
	is_array(input.replica_keys)
}

primaries := [key.arn | some key in input.replica_keys; key.primary == true]
