"""An account of any size, as the auditors report it: its parts are made when they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ACCOUNT = "111122223333"
PART = 200
"""Buckets in one part, as `audit-s3` writes them."""
CONTROLS = ("S3.5", "S3.8", "S3.9", "S3.13", "S3.14")
"""What fails on every bucket."""


@dataclass(frozen=True)
class Account:
    """An account with so many failures, in one run."""

    findings: int
    run: str
    fixed: bool = False
    """Whether nothing fails any more."""

    @property
    def buckets(self) -> int:
        """How many buckets it has."""
        return self.findings // len(CONTROLS)

    @property
    def parts(self) -> int:
        """How many parts its report has."""
        return -(-self.buckets // PART)

    def document(self, key: str) -> Any:
        """What lies in the run bucket."""
        if key.endswith("/organization.json"):
            return {"organization_id": "o-measured", "accounts": [ACCOUNT]}
        if "/s3/global/part-" in key:
            return self._part(int(key.rsplit("-", 1)[1].removesuffix(".json")))
        return None

    def event(self, started_at: str) -> dict[str, Any]:
        """What the state machine hands to `aggregate`."""
        state = {
            "run": {"id": self.run, "started_at": started_at},
            "account": ACCOUNT,
            "name": "measured",
            "services": ["s3"],
            "scopes": {
                "partition": "aws",
                "regions": ["eu-west-1"],
                "skipped_regions": [],
                "audit": {"s3": True, "kms": False, "sg": False},
            },
            "audits": {"s3": {"next": None, "parts": self.parts}, "kms": [], "sg": []},
        }
        return {"task": "account", "state": state}

    def _part(self, part: int) -> dict[str, Any]:
        numbers = range(part * PART, min((part + 1) * PART, self.buckets))
        buckets = [f"arn:aws:s3:::measured-bucket-of-ordinary-length-{n:07}" for n in numbers]
        failing = () if self.fixed else CONTROLS
        return {
            "run": self.run,
            "account": ACCOUNT,
            "region": None,
            "service": "s3",
            "part": part,
            "resources": buckets,
            "vanished": 0,
            "verdicts": [_verdict(bucket, control) for bucket in buckets for control in failing],
            "passed": {"S3.1": len(buckets)},
            "gaps": [],
        }


def _verdict(bucket: str, control: str) -> dict[str, Any]:
    return {
        "control": control,
        "resource": bucket,
        "resource_type": "AwsS3Bucket",
        "account": ACCOUNT,
        "region": "eu-west-1",
        "status": "FAILED",
        "severity": "HIGH",
        "reason": f"the statement of {control} does not hold, and this sentence says why: it is "
        "about as long as the sentences of the policies are, with a fact or two in it",
    }
