# The grants on a key, as ListGrants tells them.
package lib.grants

all := [grant |
	is_array(input.grants)
	some grant in input.grants
]

# Every grant has the form that KMS answers.
well_formed if {
	is_array(input.grants)
	count(strange) == 0
}

strange := [1 |
	some grant in all
	not proper(grant)
]

proper(grant) if {
	is_string(grant.grant_id)
	is_boolean(grant.constrained)
	is_array(grant.operations)
	count([1 | some operation in grant.operations; not is_string(operation)]) == 0
}

# The account of whom the grant is for; undefined for services, and for what names no account.
account(grant) := part if {
	is_string(grant.grantee_principal)
	part := split(grant.grantee_principal, ":")[4]
	regex.match(`^[0-9]{12}$`, part)
}

to_service(grant) if {
	is_string(grant.grantee_principal)
	regex.match(`^[a-z0-9.-]+[.]amazonaws[.]com([.]cn)?$`, grant.grantee_principal)
}
