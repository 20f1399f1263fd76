"""Operations that moto answers wrongly, one module per service."""

from __future__ import annotations

from emulator.gateway import Operation
from emulator.services import (
    dynamodb,
    ec2,
    functions,
    kms,
    kms_history,
    organizations,
    regions,
    s3,
    s3control,
    securityhub,
    state_machines,
    sts,
)

MODULES = (
    dynamodb,
    ec2,
    functions,
    kms,
    kms_history,
    organizations,
    regions,
    s3,
    s3control,
    securityhub,
    state_machines,
    sts,
)


def operations() -> dict[tuple[str, str], Operation]:
    """Every operation that replaces moto's, by (service, operation)."""
    return {name: operation for module in MODULES for name, operation in module.OPERATIONS.items()}


CHECKS = (regions.check_enabled, s3.check_bucket)
ADDITIONS = (s3.tell_region,)


def install() -> None:
    """Mends what moto creates wrongly."""
    kms.install()
    ec2.install()
    organizations.install()
    s3.install()
