"""What the roles may do is what a run does: nothing missing, nothing unused."""

from __future__ import annotations

from emulator import Call
from organization import World
from organization.layout import AUDIT_ROLE, FUNCTIONS
from organization.roles import AUDIT_ACTIONS, ORGANIZATION_ACTIONS, function_role
from organization.sweeps import sweep

UNSEEN = {
    # Asked only by a filter for organizational units or for account tags: see below.
    "organizations:ListAccountsForParent",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListTagsForResource",
}


def actions(calls: list[Call], role: str) -> set[str]:
    """IAM actions that a role was seen to use."""
    return {call.action for call in calls if call.role and call.role.rsplit("/", 1)[1] == role}


def test_the_audit_role_may_do_what_a_run_does_and_no_more(calls: list[Call]) -> None:
    used = actions(calls, AUDIT_ROLE) - {"sts:GetCallerIdentity"}
    # What only `preflight` asks is seen in its own test.
    assert used == set(AUDIT_ACTIONS) - {"securityhub:DescribeHub"}


def test_the_functions_use_nothing_outside_their_work(calls: list[Call]) -> None:
    enter = {"sts:AssumeRole", "sts:GetCallerIdentity"}
    work = {
        "enumerate": {*ORGANIZATION_ACTIONS, "s3:PutObject"},
        "audit-s3": {"s3:GetObject", "s3:PutObject"},
        "audit-kms": {"s3:GetObject", "s3:PutObject"},
        "audit-sg": {"s3:GetObject", "s3:PutObject"},
        "aggregate": {
            "s3:GetObject",
            "dynamodb:BatchWriteItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:UpdateItem",
        },
    }
    for function in FUNCTIONS:
        unseen = UNSEEN if function == "enumerate" else set()
        assert actions(calls, function_role(function)) - enter == work[function] - unseen


def test_a_filter_by_unit_and_tag_uses_the_rest(world: World) -> None:
    organizations = world.client("organizations")
    root = organizations.list_roots()["Roots"][0]["Id"]
    units = organizations.list_organizational_units_for_parent(ParentId=root)
    workloads = [unit["Id"] for unit in units["OrganizationalUnits"] if unit["Name"] == "Workloads"]
    chosen = {
        "organizational_units": {"include": workloads},
        "account_tags": {"include": {"stage": ["prod"]}},
        "regions": {"include": ["us-east-1"]},
        "services": ["sg"],
    }
    ended = sweep(world, chosen)
    assert ended.status == "SUCCEEDED", ended.cause
    assert ended.output["counts"]["accounts"] == 2
    assert actions(world.emulator.calls(), function_role("enumerate")) >= UNSEEN
