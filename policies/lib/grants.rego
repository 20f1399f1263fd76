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
