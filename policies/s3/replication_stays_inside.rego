package controls.s3.replication_stays_inside

control := {
	"id": "S3-060",
	"title": "Objects are not replicated out of the Organization",
	"severity": "HIGH",
	"resource_type": "AwsS3Bucket",
	"reads": ["replication", "account"],
	"rationale": "Replication copies every new object, silently and for ever; to a stranger's account it is a leak that looks like a backup.",
	"remediation": {
		"text": "Delete the replication rule, or name the account of the destination among the trusted accounts.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-walkthrough-2.html",
	},
}

verdict := {"status": "FAILED", "reason": sprintf("replicated to %s, which is neither in the Organization nor trusted", [concat(", ", strangers)])} if {
	count(strangers) > 0
} else := {"status": "NOT_AVAILABLE", "reason": sprintf("nobody tells whose bucket %s is", [concat(", ", unclear)])} if {
	count(unclear) > 0
} else := {"status": "PASSED", "reason": "no enabled rule leads out of the Organization"} if {
	input.replication == null
} else := {"status": "PASSED", "reason": "no enabled rule leads out of the Organization"} if {
	every_rule_is_readable
} else := {"status": "FAILED", "reason": "the replication rules are not readable"}

rules := data.lib.rules.enabled(input.replication)

known contains input.account

known contains account if some account in data.parameters.trusted_accounts

known contains account if some account in data.parameters.organization_accounts

strangers contains rule.destination_account if {
	some rule in rules
	is_string(rule.destination_account)
	not rule.destination_account in known
}

unclear contains rule.destination if {
	some rule in rules
	rule.destination_account == null
	not rule.destination_owned == true
}

every_rule_is_readable if {
	is_array(input.replication)
	count(input.replication) > 0
	count([rule | some rule in input.replication; readable(rule)]) == count(input.replication)
}

readable(rule) if {
	is_boolean(rule.enabled)
	is_string(rule.destination)
	type_name(rule.destination_account) in {"null", "string"}
}
