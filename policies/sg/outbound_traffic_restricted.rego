package controls.sg.outbound_traffic_restricted

control := {
	"id": "SG-037",
	"title": "Not all outbound traffic is let through to the whole internet",
	"severity": "LOW",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "Whoever takes a host over wants to call home and carry data away. AWS adds this rule to every new group, so it says little alone and has a low severity.",
	"remediation": {
		"text": "Replace the rule by rules for the ports and destinations that the hosts need; reach AWS services through VPC endpoints.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"trivy": ["AVD-AWS-0104"],
		"cloudsploit": ["openAllPortsProtocolsEgress"],
		"checkov": ["CKV_AWS_382"],
	},
}

verdict := {"status": "FAILED", "reason": sprintf("outbound: %s", [replace(data.lib.reach.describe(open), " from ", " to ")])} if {
	count(open) > 0
} else := {"status": "NOT_AVAILABLE", "reason": data.lib.reach.describe_doubts(doubts)} if {
	count(doubts) > 0
} else := {"status": "PASSED", "reason": "not all traffic is let out to the whole internet"} if {
	data.lib.reach.analysed
} else := data.lib.analysis.missing

open := [opening | some opening in input.analysis.reach.egress.world; opening.protocol == "all"]

doubts := [doubt | some doubt in input.analysis.reach.egress.unresolved; doubt.protocol == "all"]
