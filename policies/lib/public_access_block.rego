# The four settings of S3 Block Public Access.
package lib.public_access_block

settings := {"block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"}

# The settings that are not on: all four when nothing is configured.
off(block) := settings - {name | some name in settings; block[name] == true}
