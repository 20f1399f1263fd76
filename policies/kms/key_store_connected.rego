package controls.kms.key_store_connected

control := {
	"id": "KMS-025",
	"title": "The custom key store of the key is connected",
	"severity": "HIGH",
	"resource_type": "AwsKmsKey",
	"reads": ["key_manager", "origin", "key_state"],
	"rationale": "While its key store is disconnected a key cannot be used, and nothing that it encrypted can be read.",
	"remediation": {
		"text": "Connect the custom key store again, and find out why it was disconnected.",
		"url": "https://docs.aws.amazon.com/kms/latest/developerguide/key-store-overview.html",
	},
}

verdict := {"status": "NOT_APPLICABLE", "reason": "AWS manages the key"} if {
	input.key_manager == "AWS"
} else := {"status": "NOT_APPLICABLE", "reason": sprintf("a key of origin %s is in no custom key store", [input.origin])} if {
	input.origin in {"AWS_KMS", "EXTERNAL"}
} else := {"status": "FAILED", "reason": "the key is Unavailable: its key store is disconnected"} if {
	input.origin in {"AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"}
	input.key_state == "Unavailable"
} else := {"status": "PASSED", "reason": sprintf("the key is %s", [input.key_state])} if {
	input.key_manager == "CUSTOMER"
	input.origin in {"AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"}
	input.key_state in {"Creating", "Enabled", "Disabled", "PendingDeletion", "Updating"}
} else := {"status": "NOT_AVAILABLE", "reason": "the state of the key is not known"}
