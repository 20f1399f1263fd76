"""What is kept: keys, secrets, buckets, tables."""

from __future__ import annotations

import json
from typing import Any

from cloudformation.target import Made, Target


def _key(target: Target, _: str, properties: dict[str, Any]) -> Made:
    kms = target.client("kms")
    metadata = kms.create_key(
        Policy=json.dumps(properties["KeyPolicy"]),
        Description=properties.get("Description", ""),
        Tags=[
            {"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in properties.get("Tags", [])
        ],
    )["KeyMetadata"]
    if properties.get("EnableKeyRotation"):
        kms.enable_key_rotation(KeyId=metadata["KeyId"])
    return Made(metadata["KeyId"], {"Arn": metadata["Arn"], "KeyId": metadata["KeyId"]})


def _alias(target: Target, _: str, properties: dict[str, Any]) -> Made:
    alias = properties["AliasName"]
    target.client("kms").create_alias(AliasName=alias, TargetKeyId=properties["TargetKeyId"])
    return Made(alias)


def _secret(target: Target, name: str, properties: dict[str, Any]) -> Made:
    client = target.client("secretsmanager")
    text = properties.get("SecretString")
    if text is None:
        wanted = properties.get("GenerateSecretString", {})
        text = client.get_random_password(**wanted)["RandomPassword"]
    arn = client.create_secret(
        Name=properties.get("Name", target.name(name)),
        SecretString=text,
        Tags=properties.get("Tags", []),
    )["ARN"]
    return Made(arn, {"Id": arn})


def _bucket(target: Target, name: str, properties: dict[str, Any]) -> Made:
    s3, bucket = target.client("s3"), properties.get("BucketName", target.name(name).lower())
    place: dict[str, Any] = {}
    if target.region != "us-east-1":
        place["CreateBucketConfiguration"] = {"LocationConstraint": target.region}
    s3.create_bucket(Bucket=bucket, **place)
    for member, put in _SETTINGS.items():
        if member in properties:
            put(s3, bucket, properties[member])
    arn = f"arn:aws:s3:::{bucket}"
    return Made(bucket, {"Arn": arn, "DomainName": f"{bucket}.s3.amazonaws.com"})


def _encrypt(s3: Any, bucket: str, value: dict[str, Any]) -> None:
    rules = [
        {
            "ApplyServerSideEncryptionByDefault": rule["ServerSideEncryptionByDefault"],
            "BucketKeyEnabled": rule.get("BucketKeyEnabled", False),
        }
        for rule in value["ServerSideEncryptionConfiguration"]
    ]
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": rules})


def _close(s3: Any, bucket: str, value: dict[str, Any]) -> None:
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=value)


def _own(s3: Any, bucket: str, value: dict[str, Any]) -> None:
    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=value)


def _version(s3: Any, bucket: str, value: dict[str, Any]) -> None:
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=value)


def _log(s3: Any, bucket: str, value: dict[str, Any]) -> None:
    enabled = {
        "TargetBucket": value["DestinationBucketName"],
        "TargetPrefix": value.get("LogFilePrefix", ""),
    }
    s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus={"LoggingEnabled": enabled})


def _age(s3: Any, bucket: str, value: dict[str, Any]) -> None:
    rules = []
    for number, rule in enumerate(value["Rules"]):
        changed = {"ID": f"rule-{number}", "Filter": {"Prefix": ""}, **rule}
        if "ExpirationInDays" in changed:
            changed["Expiration"] = {"Days": changed.pop("ExpirationInDays")}
        rules.append(changed)
    s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": rules})


def _tag(s3: Any, bucket: str, value: list[dict[str, str]]) -> None:
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": value})


_SETTINGS = {
    "BucketEncryption": _encrypt,
    "LifecycleConfiguration": _age,
    "LoggingConfiguration": _log,
    "OwnershipControls": _own,
    "PublicAccessBlockConfiguration": _close,
    "Tags": _tag,
    "VersioningConfiguration": _version,
}


def _bucket_policy(target: Target, name: str, properties: dict[str, Any]) -> Made:
    policy = json.dumps(properties["PolicyDocument"])
    target.client("s3").put_bucket_policy(Bucket=properties["Bucket"], Policy=policy)
    return Made(name)


_AS_THEY_ARE = (
    "AttributeDefinitions",
    "BillingMode",
    "DeletionProtectionEnabled",
    "GlobalSecondaryIndexes",
    "KeySchema",
    "Tags",
)


def _table(target: Target, name: str, properties: dict[str, Any]) -> Made:
    dynamodb, table = target.client("dynamodb"), properties.get("TableName", target.name(name))
    wanted = {key: properties[key] for key in _AS_THEY_ARE if key in properties}
    if encryption := properties.get("SSESpecification"):
        wanted["SSESpecification"] = {
            ("Enabled" if key == "SSEEnabled" else key): value for key, value in encryption.items()
        }
    arn = dynamodb.create_table(TableName=table, **wanted)["TableDescription"]["TableArn"]
    if expiry := properties.get("TimeToLiveSpecification"):
        dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=expiry)
    if recovery := properties.get("PointInTimeRecoverySpecification"):
        dynamodb.update_continuous_backups(
            TableName=table, PointInTimeRecoverySpecification=recovery
        )
    return Made(table, {"Arn": arn})


MAKERS = {
    "AWS::DynamoDB::Table": _table,
    "AWS::KMS::Alias": _alias,
    "AWS::KMS::Key": _key,
    "AWS::S3::Bucket": _bucket,
    "AWS::S3::BucketPolicy": _bucket_policy,
    "AWS::SecretsManager::Secret": _secret,
}
