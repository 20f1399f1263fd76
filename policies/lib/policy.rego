# Questions to the policy of a bucket or key, and to `input.analysis.policy`.
package lib.policy

no_bucket_policy if input.policy == null

is_bucket_policy if is_object(input.policy)

# A key of AWS: its policy is not the account's to change.
aws_managed if input.key_manager == "AWS"

is_key_policy if {
	input.key_manager == "CUSTOMER"
	is_object(input.key_policy)
}

statements := input.analysis.policy.statements if is_array(input.analysis.policy.statements)

# The statements that let everyone in: `Read`, statement 2.
public_statements := listed([statement | some statement in statements; statement.exposure == "public"])

# The statements that would let everyone in if no Deny stood before them.
fenced := [statement |
	some statement in statements
	statement.unfenced_exposure == "public"
	statement.exposure != "public"
]

listed(some_statements) := concat(", ", [name(statement) | some statement in some_statements])

name(statement) := sprintf("`%s`", [statement.sid]) if {
	is_string(statement.sid)
} else := sprintf("statement %d", [statement.index + 1])

# FAILED for the public; less severe while Block Public Access holds it back.
held_back(reason) := {"status": "FAILED", "reason": sprintf("%s; Block Public Access holds it back", [reason]), "severity": "MEDIUM"} if {
	input.analysis.block_public_access.restrict_public_buckets == true
} else := {"status": "FAILED", "reason": reason, "severity": "CRITICAL"}

# Everyone whom a policy lets in and nobody trusts.
untrusted := [party | some parties in untrusted_parties; some party in parties] if is_array(untrusted_parties)

untrusted_parties := [everyone, accounts, sources, organizations] if {
	facts := input.analysis.policy
	is_array(facts.untrusted_accounts)
	is_array(facts.untrusted_sources)
	is_array(facts.foreign_organizations)
	everyone := {true: ["everyone"], false: []}[facts.public]
	accounts := [sprintf("account %s", [id]) | some id in facts.untrusted_accounts]
	sources := [sprintf("account %s through a service", [id]) | some id in facts.untrusted_sources]
	organizations := [sprintf("organization %s", [id]) | some id in facts.foreign_organizations]
}
