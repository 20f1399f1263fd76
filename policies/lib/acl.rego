# What the ACL of a bucket grants: questions to `input.analysis.acl`.
package lib.acl

# The verdict on one grant of the ACL; it matters less while Block Public Access ignores public ACLs.
verdict(fact, granted) := {"status": "PASSED", "reason": sprintf("the ACL does not grant %s", [granted])} if {
	input.analysis.acl[fact] == false
} else := {"status": "FAILED", "severity": "LOW", "reason": sprintf("the ACL grants %s, which Block Public Access ignores", [granted])} if {
	input.analysis.acl[fact] == true
	input.analysis.block_public_access.ignore_public_acls == true
} else := {"status": "FAILED", "reason": sprintf("the ACL grants %s", [granted])} if {
	input.analysis.acl[fact] == true
} else := data.lib.analysis.missing
