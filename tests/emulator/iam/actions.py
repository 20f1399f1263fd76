"""IAM's names of actions where they differ from the operation.

The names are those of the Service Authorization Reference. moto checks, for example,
``lambda:Invoke`` for ``lambda:InvokeFunction``, and ``s3:ListBucket`` for five different reads.
"""

from __future__ import annotations

PREFIXES = {
    "accessanalyzer": "access-analyzer",
    "cloudwatch": "cloudwatch",
    "resourcegroupstaggingapi": "tag",
    "s3control": "s3",
    "stepfunctions": "states",
}

S3_CONFIGURATIONS = {
    "BucketEncryption": "EncryptionConfiguration",
    "PublicAccessBlock": "BucketPublicAccessBlock",
    "BucketLifecycle": "LifecycleConfiguration",
    "BucketLifecycleConfiguration": "LifecycleConfiguration",
    "BucketReplication": "ReplicationConfiguration",
    "BucketCors": "BucketCORS",
    "ObjectLockConfiguration": "BucketObjectLockConfiguration",
    "BucketNotificationConfiguration": "BucketNotification",
    "BucketAccelerateConfiguration": "AccelerateConfiguration",
    "BucketAnalyticsConfiguration": "AnalyticsConfiguration",
    "BucketInventoryConfiguration": "InventoryConfiguration",
    "BucketMetricsConfiguration": "MetricsConfiguration",
    "BucketIntelligentTieringConfiguration": "IntelligentTieringConfiguration",
}

S3_OPERATIONS = {
    "AbortMultipartUpload": ["AbortMultipartUpload"],
    "CompleteMultipartUpload": ["PutObject"],
    "CopyObject": ["PutObject"],
    "CreateMultipartUpload": ["PutObject"],
    "DeleteBucketTagging": ["PutBucketTagging"],
    "DeleteObjects": ["DeleteObject"],
    "GetObjectAttributes": ["GetObject", "GetObjectAttributes"],
    "HeadBucket": ["ListBucket"],
    "HeadObject": ["GetObject"],
    "ListBuckets": ["ListAllMyBuckets"],
    "ListMultipartUploads": ["ListBucketMultipartUploads"],
    "ListObjectVersions": ["ListBucketVersions"],
    "ListObjects": ["ListBucket"],
    "ListObjectsV2": ["ListBucket"],
    "ListParts": ["ListMultipartUploadParts"],
    "UploadPart": ["PutObject"],
}

S3_CONTROL_OPERATIONS = {
    "GetPublicAccessBlock": ["GetAccountPublicAccessBlock"],
    "PutPublicAccessBlock": ["PutAccountPublicAccessBlock"],
    "DeletePublicAccessBlock": ["PutAccountPublicAccessBlock"],
}

OTHER_OPERATIONS = {
    ("lambda", "Invoke"): ["InvokeFunction"],
    ("lambda", "InvokeAsync"): ["InvokeFunction"],
    ("dynamodb", "ExecuteStatement"): ["PartiQLSelect"],
    ("sns", "PublishBatch"): ["Publish"],
    ("sqs", "SendMessageBatch"): ["SendMessage"],
    ("sqs", "DeleteMessageBatch"): ["DeleteMessage"],
}


def actions_of(service: str, operation: str, signing_name: str) -> list[str]:
    """The actions, with their prefix, that an operation needs."""
    prefix = PREFIXES.get(service, signing_name or service)
    return [f"{prefix}:{name}" for name in _names(service, operation)]


def _names(service: str, operation: str) -> list[str]:
    if service == "s3control":
        return S3_CONTROL_OPERATIONS.get(operation, [operation])
    if service == "s3":
        return S3_OPERATIONS.get(operation) or [_configuration_action(operation)]
    return OTHER_OPERATIONS.get((service, operation), [operation])


def _configuration_action(operation: str) -> str:
    for verb, action_verb in (("Get", "Get"), ("Put", "Put"), ("Delete", "Put"), ("List", "Get")):
        subject = operation.removeprefix(verb)
        singular = subject.removesuffix("s") if verb == "List" else subject
        if subject != operation and singular in S3_CONFIGURATIONS:
            return action_verb + S3_CONFIGURATIONS[singular]
    return operation
