# The four settings of S3 Block Public Access.
package lib.public_access_block

settings := {"block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"}

# The settings that are not on: all four when nothing is configured.
off(block) := settings - {name | some name in settings; block[name] == true}

# Whether a setting is on, for the bucket or for the account; off only if both were read.
verdict(setting) := {"status": "PASSED", "reason": "on for the bucket"} if {
	input.public_access_block[setting] == true
} else := {"status": "PASSED", "reason": "on for the account"} if {
	input.account_public_access_block[setting] == true
} else := {"status": "FAILED", "reason": "off for the bucket and for the account"} if {
	was_read(input.public_access_block)
	was_read(input.account_public_access_block)
} else := {"status": "NOT_AVAILABLE", "reason": "the settings of the bucket or of the account were not read"}

was_read(block) if block == null

was_read(block) if is_object(block)
