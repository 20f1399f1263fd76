# Whom the policy of an access point lets in.
package lib.access_point

# FAILED for whoever is let in and nobody trusts; less severe for everyone while Block Public Access holds it back.
verdict := {"status": "PASSED", "reason": "there is no policy"} if {
	input.policy == null
} else := {"status": "FAILED", "reason": sprintf("everyone by %s; Block Public Access holds it back", [data.lib.policy.public_statements]), "severity": "MEDIUM"} if {
	data.lib.policy.untrusted == ["everyone"]
	input.analysis.block_public_access.restrict_public_buckets == true
} else := {"status": "FAILED", "reason": sprintf("let in: %s", [concat(", ", data.lib.policy.untrusted)])} if {
	count(data.lib.policy.untrusted) > 0
} else := {"status": "NOT_AVAILABLE", "reason": sprintf("the account of %s is not known", [concat(", ", unresolved)])} if {
	count(unresolved) > 0
} else := {"status": "PASSED", "reason": "nobody untrusted is let in"} if {
	is_object(input.policy)
	data.lib.policy.untrusted == []
	unresolved == []
} else := data.lib.analysis.missing

unresolved := input.analysis.policy.unresolved_principals if is_array(input.analysis.policy.unresolved_principals)
