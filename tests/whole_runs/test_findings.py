"""The findings that the estate's flaws must give, and those that its traps must not give."""

from __future__ import annotations

from typing import Any

import pytest

from organization import World
from organization.estate.access_points import KEPT_IN
from organization.estate.buckets import control_client
from organization.sweeps import Ended, findings

FLAWS = [
    ("S3.1", "AWS::::Account:{payments}"),
    ("S3.2", "arn:aws:s3:::payments-website"),
    ("S3.8", "arn:aws:s3:::payments-website"),
    ("S3.3", "arn:aws:s3:::payments-dropbox"),
    ("S3.5", "arn:aws:s3:::payments-dropbox"),
    ("S3.12", "arn:aws:s3:::payments-dropbox"),
    ("S3.2", "arn:aws:s3:::analytics-anyvpc"),
    ("S3.6", "arn:aws:s3:::analytics-exchange"),
    ("S3.14", "arn:aws:s3:::analytics-plain"),
    ("S3-001a", "arn:aws:s3:::payments-website"),
    ("S3-008", "arn:aws:s3:::payments-dropbox"),
    ("S3-012", "arn:aws:s3:::payments-dropbox"),
    ("S3-015", "arn:aws:s3:::payments-website"),
    ("S3-031", "arn:aws:s3:::payments-website"),
    ("S3-069", "arn:aws:s3:::analytics-sealed"),
    ("SK-001", "arn:aws:s3:::payments-off"),
    ("SK-001", "arn:aws:s3:::logs-lost-key"),
    ("SK-002", "arn:aws:s3:::payments-doomed"),
    ("SK-003", "arn:aws:s3:::analytics-lake"),
    ("SK-005", "arn:aws:s3:::payments-static"),
    ("SK-006", "arn:aws:s3:::payments-open"),
    ("SK-007", "arn:aws:s3:::payments-alias"),
    ("SK-008", "arn:aws:s3:::payments-ledger"),
    ("S3.7", "arn:aws:s3:::payments-eu-ledger"),
    ("S3-064", "AWS::::Account:{payments}"),
    ("S3.19", "accesspoint/payments-window"),
    ("S3.24", "mrap:payments-everywhere"),
    ("S3AP-003", "accesspoint/payments-window"),
    ("S3AP-004", "accesspoint/payments-window"),
    ("S3AP-005", "accesspoint/analytics-feed"),
    ("S3AP-006", "mrap:payments-everywhere"),
    ("KMS-003", "key:payments-forgotten"),
    ("KMS-008", "key:payments-forgotten"),
    ("KMS.3", "key:payments-doomed"),
    ("KMS.4", "key:payments-static"),
    ("KMS.5", "key:payments-open"),
    ("EC2.13", "group:bastion"),
    ("EC2.53", "group:bastion"),
    ("EC2.18", "group:bastion"),
    ("EC2.19", "group:bastion"),
    ("EC2.14", "group:desktops"),
    ("EC2.54", "group:desktops"),
    ("EC2.13", "group:halves"),
    ("SG-027", "group:halves"),
    ("SG-028", "group:partners"),
    ("EC2.19", "group:partners"),
    ("EC2.22", "group:forgotten"),
    ("SG-011", "group:stale"),
    ("SG-040", "group:bastion"),
]

TRAPS = [
    ("S3.2", "arn:aws:s3:::payments-shielded"),
    ("S3.2", "arn:aws:s3:::analytics-exchange"),
    ("S3.7", "arn:aws:s3:::payments-ledger"),
    ("S3.7", "arn:aws:s3:::analytics-anyvpc"),
    ("S3.9", "arn:aws:s3:::payments-access-logs"),
    ("S3.9", "arn:aws:s3:::payments-ledger"),
    ("S3-051", "arn:aws:s3:::payments-ledger"),
    ("S3-060", "arn:aws:s3:::payments-ledger"),
    ("S3.1", "AWS::::Account:{log-archive}"),
    ("S3-064", "AWS::::Account:{analytics}"),
    ("S3ACCT-003", "AWS::::Account:{sandbox}"),
    ("S3.19", "accesspoint/payments-desk"),
    ("S3.24", "mrap:payments-global"),
    ("S3AP-003", "accesspoint/payments-desk"),
    ("S3AP-004", "accesspoint/payments-desk"),
    ("S3AP-005", "accesspoint/payments-desk"),
    ("S3AP-006", "mrap:payments-global"),
    ("KMS-003", "key:payments"),
    ("KMS-008", "key:payments"),
    ("KMS.4", "key:payments-doomed"),
    ("KMS.5", "key:payments"),
    ("SK-003", "arn:aws:s3:::payments-ledger"),
    ("EC2.53", "group:desktops"),
    ("EC2.13", "group:udp"),
    ("EC2.18", "group:web"),
    ("EC2.13", "group:database"),
    ("EC2.22", "group:web"),
    ("EC2.22", "group:templated"),
    ("SG-040", "group:web"),
]


@pytest.fixture(scope="module")
def stored(world: World, run: Ended) -> list[dict[str, Any]]:
    """The findings table after the first run."""
    assert run.status == "SUCCEEDED", run.cause
    return findings(world)


@pytest.fixture(scope="module")
def groups(world: World) -> dict[str, str]:
    """Ids of the estate's security groups by name."""
    found = {}
    for account in ("payments", "analytics"):
        for region in ("us-east-1", "eu-west-1", "eu-central-1"):
            ec2 = world.client("ec2", region, account)
            for group in ec2.describe_security_groups()["SecurityGroups"]:
                if group["GroupName"] != "default":
                    found[group["GroupName"]] = group["GroupId"]
    return found


def resource(named: str, world: World, groups: dict[str, str]) -> str:
    """The resource as findings name it: its end is enough."""
    kind, _, name = named.partition(":")
    if kind == "key":
        return world.keys[name]
    if kind == "group":
        return groups[name]
    if kind == "mrap":
        return alias(name, world)
    return named.format(**world.accounts)


def alias(name: str, world: World) -> str:
    """How the ARN of a Multi-Region Access Point of payments ends."""
    account = world.accounts["payments"]
    control = control_client(world.emulator, KEPT_IN, account)
    point = control.get_multi_region_access_point(AccountId=account, Name=name)
    return str(point["AccessPoint"]["Alias"])


def statuses(stored: list[dict[str, Any]], control: str, ending: str) -> list[str]:
    """Statuses of the findings of one control on one resource."""
    return [
        row["status"]
        for row in stored
        if row["control"] == control and row["resource"].endswith(ending)
    ]


@pytest.mark.parametrize(("control", "named"), FLAWS)
def test_a_flaw_of_the_estate_is_found_once(
    control: str, named: str, world: World, groups: dict[str, str], stored: list[dict[str, Any]]
) -> None:
    assert statuses(stored, control, resource(named, world, groups)) == ["FAILED"]


@pytest.mark.parametrize(("control", "named"), TRAPS)
def test_a_trap_of_the_estate_gives_no_finding(
    control: str, named: str, world: World, groups: dict[str, str], stored: list[dict[str, Any]]
) -> None:
    assert statuses(stored, control, resource(named, world, groups)) == []


def test_a_bucket_whose_policy_is_denied_is_never_passed(stored: list[dict[str, Any]]) -> None:
    # S3.2 and S3.3 pass: Block Public Access is on, so that no policy could publish the bucket.
    for control in ("S3.5", "S3.6"):
        (row,) = [
            row
            for row in stored
            if row["control"] == control and row["resource"] == "arn:aws:s3:::analytics-sealed"
        ]
        assert row["status"] == "NOT_AVAILABLE"
        assert "GetBucketPolicy" in row["reason"] and "AccessDenied" in row["reason"]


def test_bucket_and_key_findings_are_linked(world: World, stored: list[dict[str, Any]]) -> None:
    ids = {row["id"] for row in stored}
    (bucket,) = [
        row
        for row in stored
        if row["control"] == "SK-002" and row["resource"] == "arn:aws:s3:::payments-doomed"
    ]
    assert bucket["kms_security_status"] == "PendingDeletion"
    assert bucket["linked_kms_finding_id"] in ids
    (key,) = [row for row in stored if row["id"] == bucket["linked_kms_finding_id"]]
    assert key["resource"] == world.keys["payments-doomed"]
    assert "arn:aws:s3:::payments-doomed" in key["buckets"]


def test_a_foreign_key_is_linked_and_named(world: World, stored: list[dict[str, Any]]) -> None:
    (row,) = [
        row
        for row in stored
        if row["control"] == "SK-003" and row["resource"] == "arn:aws:s3:::analytics-lake"
    ]
    assert row["kms_security_status"] == "Foreign"
    assert world.accounts["payments"] in row["reason"]
    assert row["key"] == world.keys["payments"]


def test_ids_name_account_region_control_and_resource(stored: list[dict[str, Any]]) -> None:
    for row in stored:
        expected = f"{row['account']}/{row['region']}/{row['control']}/{row['resource']}"
        assert row["id"] == expected


def test_security_hub_of_the_member_has_the_failures_of_its_region(
    world: World, stored: list[dict[str, Any]]
) -> None:
    hub = world.client("securityhub", "eu-west-1", "payments")
    pages = hub.get_paginator("get_findings").paginate()
    imported = {finding["Id"]: finding for page in pages for finding in page["Findings"]}
    wanted = {
        row["id"]
        for row in stored
        if row["account"] == world.accounts["payments"]
        and row["region"] == "eu-west-1"
        and row["status"] == "FAILED"
    }
    assert wanted and wanted <= set(imported)
    for finding_id in wanted:
        assert imported[finding_id]["AwsAccountId"] == world.accounts["payments"]
        assert imported[finding_id]["Compliance"]["Status"] == "FAILED"
