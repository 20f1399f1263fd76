"""Buckets: sound ones, and one for every flaw that the sweep must find or must not be fooled by."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from emulator import Emulator
from organization.layout import REGIONS, TAG_VALUE, Settings

ALL_BLOCKED = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}
EVERYONE = "http://acs.amazonaws.com/groups/global/AllUsers"


@dataclass(frozen=True)
class Bucket:
    """A bucket; the defaults are those of a new bucket on AWS, plus what a sound one adds."""

    name: str
    account: str
    region: str = "us-east-1"
    blocked: bool = True
    ownership: str = "BucketOwnerEnforced"
    key: str | None = None
    """Default encryption: a name in ``keys.KEYS``, ``alias/...``, ``missing``; SSE-S3 if none."""
    versioned: bool = True
    lifecycle: bool = True
    logs_to: str | None = None
    tls_only: bool = True
    statements: list[dict[str, Any]] = field(default_factory=list)
    public_write_acl: bool = False
    replicates_to: str | None = None
    website: bool = False
    tags: dict[str, str] = field(default_factory=lambda: {"owner": TAG_VALUE})


def _allow(sid: str, principal: Any, actions: list[str], name: str, **rest: Any) -> dict[str, Any]:
    resources = [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": principal,
        "Action": actions,
        "Resource": resources,
        **rest,
    }


def _log_delivery(name: str, account: str) -> dict[str, Any]:
    return {
        "Sid": "AccessLogs",
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": ["s3:PutObject"],
        "Resource": f"arn:aws:s3:::{name}/*",
        "Condition": {"StringEquals": {"aws:SourceAccount": account}},
    }


def plan(ids: dict[str, str]) -> list[Bucket]:
    """Every bucket but the sandbox's ordinary ones."""
    pay, lake = "payments-access-logs", "analytics-lake"
    any_vpc = {"StringLike": {"aws:SourceVpc": "vpc-*"}}
    vendor = {"AWS": "arn:aws:iam::999988887777:root"}
    return [
        Bucket(pay, "payments", statements=[_log_delivery(pay, ids["payments"])]),
        Bucket("payments-eu-ledger", "payments", "eu-west-1", key="payments-eu"),
        # S3.7 holds, SK-008 does not: the replica's key is not named.
        Bucket(
            "payments-ledger",
            "payments",
            key="payments",
            logs_to=pay,
            replicates_to="payments-eu-ledger",
        ),
        # S3.2, S3.8: everyone may read, and nothing blocks it. S3-015, S3-031: a website that pages
        # of any origin may write.
        Bucket(
            "payments-website",
            "payments",
            "eu-west-1",
            blocked=False,
            website=True,
            statements=[_allow("Everyone", "*", ["s3:GetObject"], "payments-website")],
        ),
        # A public statement that Block Public Access neutralises: not S3.2.
        Bucket(
            "payments-shielded",
            "payments",
            statements=[_allow("Everyone", "*", ["s3:GetObject"], "payments-shielded")],
        ),
        # S3.3, S3.8, S3.12: everyone may write, by an ACL.
        Bucket(
            "payments-dropbox",
            "payments",
            blocked=False,
            ownership="ObjectWriter",
            tls_only=False,
            public_write_acl=True,
        ),
        Bucket("payments-static", "payments", key="payments-static"),  # SK-005
        Bucket("payments-open", "payments", key="payments-open"),  # SK-006
        Bucket("payments-off", "payments", key="payments-off"),  # SK-001
        Bucket("payments-doomed", "payments", key="payments-doomed"),  # SK-001, SK-002
        Bucket("payments-alias", "payments", key="alias/payments"),  # SK-007
        # SK-003: the key belongs to payments.
        Bucket(lake, "analytics", key="payments"),
        # S3.6: a vendor may change the policy.
        Bucket(
            "analytics-exchange",
            "analytics",
            statements=[
                _allow(
                    "Vendor", vendor, ["s3:GetObject", "s3:PutBucketPolicy"], "analytics-exchange"
                )
            ],
        ),
        # S3.2: a wildcard VPC is no restriction, though it looks like one. Replicated to another
        # account, whose bucket tells its region although it refuses us.
        Bucket(
            "analytics-anyvpc",
            "analytics",
            "eu-central-1",
            blocked=False,
            replicates_to="logs-central",
            statements=[
                _allow("AnyVpc", "*", ["s3:GetObject"], "analytics-anyvpc", Condition=any_vpc)
            ],
        ),
        # The audit role may not read this one's policy: NOT_AVAILABLE, never PASSED.
        Bucket("analytics-sealed", "analytics"),
        Bucket("analytics-plain", "analytics", "eu-central-1", versioned=False, lifecycle=False),
        Bucket("logs-central", "log-archive", key="logs"),
        Bucket("logs-lost-key", "log-archive", key="missing"),  # SK-001: no such key
        # S3-064 of payments: somebody else sits on the name that SageMaker AI would take there.
        Bucket(f"sagemaker-us-east-1-{ids['payments']}", "acquired"),
    ]


def build(
    emulator: Emulator, ids: dict[str, str], key_arns: dict[str, str], settings: Settings
) -> None:
    """Creates every bucket, and account-level Block Public Access where an account has it."""
    for bucket in plan(ids):
        s3 = emulator.client("s3", bucket.region, account=ids[bucket.account])
        _create(s3, bucket, ids[bucket.account], key_arns)
    for number in range(settings.sandbox_buckets):
        region = REGIONS[number % len(REGIONS)]
        name = f"sandbox-{number:03}"
        s3 = emulator.client("s3", region, account=ids["sandbox"])
        _create(s3, Bucket(name, "sandbox", region, versioned=False), ids["sandbox"], {})
    for name in ("log-archive", "sandbox"):
        _block_public_access_of_account(emulator, ids[name])


def control_client(emulator: Emulator, region: str, account: str) -> Any:
    """An S3 Control client. It puts the account before the host name, which leads nowhere on a
    loopback address: it is taken away again."""
    control = emulator.client("s3control", region, account=account)

    def without_account(request: Any, **_: Any) -> None:
        request.url = request.url.replace(f"//{account}.", "//", 1)

    control.meta.events.register("before-sign.s3-control", without_account)
    return control


def _block_public_access_of_account(emulator: Emulator, account: str) -> None:
    control = control_client(emulator, REGIONS[0], account)
    control.put_public_access_block(AccountId=account, PublicAccessBlockConfiguration=ALL_BLOCKED)


def _create(s3: Any, bucket: Bucket, account: str, key_arns: dict[str, str]) -> None:
    location = (
        {}
        if bucket.region == "us-east-1"
        else {"CreateBucketConfiguration": {"LocationConstraint": bucket.region}}
    )
    s3.create_bucket(Bucket=bucket.name, ObjectOwnership=bucket.ownership, **location)
    s3.put_bucket_encryption(
        Bucket=bucket.name,
        ServerSideEncryptionConfiguration={"Rules": [_encryption(bucket, account, key_arns)]},
    )
    if bucket.blocked:
        s3.put_public_access_block(Bucket=bucket.name, PublicAccessBlockConfiguration=ALL_BLOCKED)
    if bucket.versioned:
        s3.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Enabled"})
    if bucket.lifecycle:
        s3.put_bucket_lifecycle_configuration(
            Bucket=bucket.name, LifecycleConfiguration={"Rules": [_lifecycle_rule()]}
        )
    if bucket.logs_to:
        target = {"TargetBucket": bucket.logs_to, "TargetPrefix": f"{bucket.name}/"}
        s3.put_bucket_logging(Bucket=bucket.name, BucketLoggingStatus={"LoggingEnabled": target})
    if bucket.replicates_to:
        s3.put_bucket_replication(
            Bucket=bucket.name,
            ReplicationConfiguration=_replication(account, bucket.replicates_to),
        )
    if bucket.website:
        _make_website(s3, bucket.name)
    if bucket.tags:
        tags = [{"Key": key, "Value": value} for key, value in bucket.tags.items()]
        s3.put_bucket_tagging(Bucket=bucket.name, Tagging={"TagSet": tags})
    if bucket.public_write_acl:
        s3.put_bucket_acl(Bucket=bucket.name, GrantWrite=f'uri="{EVERYONE}"')
    statements = [*bucket.statements, *([_tls_only(bucket.name)] if bucket.tls_only else [])]
    if statements:
        policy = {"Version": "2012-10-17", "Statement": statements}
        s3.put_bucket_policy(Bucket=bucket.name, Policy=json.dumps(policy))


def _make_website(s3: Any, name: str) -> None:
    index = {"IndexDocument": {"Suffix": "index.html"}}
    s3.put_bucket_website(Bucket=name, WebsiteConfiguration=index)
    rule = {"AllowedMethods": ["GET", "PUT"], "AllowedOrigins": ["*"]}
    s3.put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": [rule]})


def _encryption(bucket: Bucket, account: str, key_arns: dict[str, str]) -> dict[str, Any]:
    if bucket.key is None:
        return {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    missing = f"arn:aws:kms:{bucket.region}:{account}:key/00000000-0000-4000-8000-000000000000"
    key = missing if bucket.key == "missing" else key_arns.get(bucket.key, bucket.key)
    by_default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    return {"ApplyServerSideEncryptionByDefault": by_default, "BucketKeyEnabled": True}


def _replication(account: str, destination: str) -> dict[str, Any]:
    rule = {
        "ID": "copy",
        "Priority": 1,
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "DeleteMarkerReplication": {"Status": "Disabled"},
        "Destination": {"Bucket": f"arn:aws:s3:::{destination}"},
    }
    return {"Role": f"arn:aws:iam::{account}:role/replication", "Rules": [rule]}


def _lifecycle_rule() -> dict[str, Any]:
    return {
        "ID": "tidy",
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "NoncurrentVersionExpiration": {"NoncurrentDays": 90},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
    }


def _tls_only(name: str) -> dict[str, Any]:
    return {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
