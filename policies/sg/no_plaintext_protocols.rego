package controls.sg.no_plaintext_protocols

control := {
	"id": "SG-039",
	"title": "No inbound rule opens FTP or Telnet (TCP ports 21 and 23), whatever its source",
	"severity": "MEDIUM",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules"],
	"rationale": "Both protocols send passwords in clear text, so that every host on the way can read them, also inside a private network. Rules for all traffic open them too.",
	"remediation": {
		"text": "Replace FTP by SFTP and Telnet by SSH or AWS Systems Manager Session Manager, then remove the rules or name the ports that are needed.",
		"url": "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
	},
	"related": {
		"scoutsuite": ["ec2-security-group-opens-plaintext-port"],
	},
}

verdict := {"status": "FAILED", "reason": sprintf("rules that open FTP or Telnet: %s", [data.lib.group_rules.names(plaintext)])} if {
	count(plaintext) > 0
} else := {"status": "PASSED", "reason": "no inbound rule opens FTP or Telnet"} if {
	data.lib.group_rules.known
} else := data.lib.group_rules.unread

plaintext := [rule | some rule in data.lib.group_rules.inbound; data.lib.group_rules.holds(rule, "tcp", {21, 23})]
