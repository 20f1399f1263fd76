package controls.bucket_key.replicas_as_strong

control := {
	"id": "SK-008",
	"title": "Replication encrypts replicas with a customer managed key too",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["reference", "replicas"],
	"rationale": "A copy under a weaker key undoes the key of the source. Objects under KMS are replicated only by rules that name a replica key. Access logs are not judged: their target can only use SSE-S3.",
	"remediation": {
		"text": "Name a customer managed key of the destination's Region in the replication rule.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html",
	},
}

verdict := data.lib.bucket_key.aws_key if {
	input.reference == null
} else := data.lib.bucket_key.aws_key if {
	data.lib.bucket_key.names_aws_s3
} else := {"status": "NOT_APPLICABLE", "reason": "no replication rule is enabled"} if {
	count(input.replicas) == 0
} else := {"status": "FAILED", "reason": concat("; ", weak)} if {
	count(weak) > 0
} else := {"status": "PASSED", "reason": sprintf("%d replication rules name a customer managed key", [count(input.replicas)])} if {
	is_string(input.reference)
	count(strong) == count(input.replicas)
} else := {"status": "NOT_AVAILABLE", "reason": "the replication rules were not read"}

weak := array.concat(without_key, with_aws_key)

without_key := [text | some replica in input.replicas; replica.key == null; text := sprintf("the rule for %s names no key", [replica.destination])]

with_aws_key := [text |
	some replica in input.replicas
	is_string(replica.key)
	endswith(replica.key, "alias/aws/s3")
	text := sprintf("the rule for %s names the AWS managed key", [replica.destination])
]

strong := [replica | some replica in input.replicas; is_string(replica.key)]
