# The key of a bucket that was joined with it: what it is, and the verdicts that follow from that alone.
package lib.bucket_key

aws_managed if input.key == null

aws_managed if input.key.key_manager == "AWS"

# The key belongs to another account; then only what its ARN tells is known.
foreign if input.key.foreign == true

missing if input.key.exists == false

# What is told of the key is of the kind that it should be; whether it exists may be untold.
understood if {
	is_object(input.key)
	is_boolean(input.key.foreign)
	is_boolean(object.get(input.key, "exists", true))
	type_name(object.get(input.key, "key_arn", null)) in {"null", "string"}
}

# The key as AWS names it, or else as the bucket does.
name := input.key.key_arn if {
	is_string(input.key.key_arn)
} else := input.reference if {
	is_string(input.reference)
} else := "the key"

owner := input.key.account if {
	is_string(input.key.account)
} else := "of another account"

# Whether the bucket names the AWS managed key by its alias.
names_aws_s3 if input.reference == "alias/aws/s3"

names_aws_s3 if {
	is_string(input.reference)
	endswith(input.reference, ":alias/aws/s3")
}

aws_key := {"status": "NOT_APPLICABLE", "reason": "the bucket uses the AWS managed key aws/s3"}

other_account := {"status": "NOT_AVAILABLE", "reason": sprintf("%s belongs to account %s, which this audit cannot look into", [name, owner])}

no_key := {"status": "NOT_APPLICABLE", "reason": sprintf("%s does not exist, as SK-001 says", [name])}

unread := {"status": "NOT_AVAILABLE", "reason": sprintf("%s: %s answered %s", [name, refusal.operation, refusal.code])} if {
	refusal := input.key.refusal
	is_object(refusal)
} else := {"status": "NOT_AVAILABLE", "reason": sprintf("%s was not read in full", [name])}
