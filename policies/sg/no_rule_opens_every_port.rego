package controls.sg.no_rule_opens_every_port

control := {
	"id": "SG-031",
	"title": "No inbound rule opens every port, whatever its source",
	"severity": "MEDIUM",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules"],
	"rationale": "A rule for all traffic, or for every port of TCP or UDP, lets its source reach what nobody thought of. One host that is taken over is enough to try them all.",
	"remediation": {
		"text": "Name the ports that the source needs, one rule for each.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"scoutsuite": ["ec2-security-group-opens-all-ports"],
	},
}

verdict := {"status": "FAILED", "reason": sprintf("rules that open every port: %s", [data.lib.group_rules.names(wide)])} if {
	count(wide) > 0
} else := {"status": "PASSED", "reason": "no inbound rule opens every port"} if {
	data.lib.group_rules.known
} else := data.lib.group_rules.unread

wide := [rule | some rule in data.lib.group_rules.inbound; data.lib.group_rules.opens_every_port(rule)]
