"""KMS keys: sound ones, and one for every flaw that a key or its join with a bucket can have."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from emulator import Emulator
from organization.layout import TAG_VALUE

AGE_TAG = "emulator:made-days-ago"


@dataclass(frozen=True)
class Key:
    """A customer key and what is wrong with it."""

    name: str
    account: str
    region: str = "us-east-1"
    rotation: bool = True
    public: bool = False
    disabled: bool = False
    deleted: bool = False
    made_days_ago: int = 0


KEYS = (
    Key("payments", "payments"),
    Key("payments-eu", "payments", "eu-west-1"),
    Key("payments-static", "payments", rotation=False),  # KMS.4, SK-005
    Key("payments-open", "payments", public=True),  # KMS.5, SK-006
    Key("payments-off", "payments", disabled=True),  # SK-001
    Key("payments-doomed", "payments", deleted=True),  # KMS.3, SK-001, SK-002
    Key("payments-forgotten", "payments", made_days_ago=800),  # KMS-003, KMS-008
    Key("analytics", "analytics"),
    Key("analytics-eu", "analytics", "eu-central-1", rotation=False),  # KMS.4
    Key("logs", "log-archive"),
)


def build(emulator: Emulator, ids: dict[str, str]) -> dict[str, str]:
    """Creates every key with an alias of its name; returns ARNs by name."""
    arns = {}
    for key in KEYS:
        kms = emulator.client("kms", key.region, account=ids[key.account])
        arns[key.name] = _create(kms, key, ids[key.account])
    return arns


def _create(kms: Any, key: Key, account: str) -> str:
    policy = key_policy(account, public=key.public)
    tags = [{"TagKey": "owner", "TagValue": TAG_VALUE}]
    if key.made_days_ago:
        tags.append({"TagKey": AGE_TAG, "TagValue": str(key.made_days_ago)})
    created = kms.create_key(Description=key.name, Policy=json.dumps(policy), Tags=tags)
    metadata = created["KeyMetadata"]
    key_id = metadata["KeyId"]
    kms.create_alias(AliasName=f"alias/{key.name}", TargetKeyId=key_id)
    if key.rotation:
        kms.enable_key_rotation(KeyId=key_id)
    if key.disabled:
        kms.disable_key(KeyId=key_id)
    if key.deleted:
        kms.schedule_key_deletion(KeyId=key_id, PendingWindowInDays=30)
    return str(metadata["Arn"])


def key_policy(account: str, *, public: bool) -> dict[str, Any]:
    """The default key policy; ``public`` adds a statement for everyone through S3 only,
    which is still everyone: `kms:ViaService` says how, not who."""
    statements: list[dict[str, Any]] = [
        {
            "Sid": "EnableIAM",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
            "Action": "kms:*",
            "Resource": "*",
        }
    ]
    if public:
        statements.append(
            {
                "Sid": "AnyoneThroughS3",
                "Effect": "Allow",
                "Principal": {"AWS": "*"},
                "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
                "Resource": "*",
                "Condition": {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}},
            }
        )
    return {"Version": "2012-10-17", "Statement": statements}
