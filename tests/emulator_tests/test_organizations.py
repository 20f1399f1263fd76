"""Organizations: pages, states and delegation."""

import pytest

from emulator_tests.conftest import pages


@pytest.fixture
def organizations(emu, account):
    client = emu.client("organizations", account=account)
    client.create_organization(FeatureSet="ALL")
    return client


def test_accounts_come_in_pages_of_twenty_at_most(organizations):
    for number in range(21):
        organizations.create_account(AccountName=f"a{number}", Email=f"a{number}@example.com")
    found = pages(organizations.list_accounts, "Accounts", "NextToken", "NextToken")
    assert [len(page) for page in found] == [20, 2]
    found = pages(organizations.list_accounts, "Accounts", "NextToken", "NextToken", MaxResults=9)
    assert [len(page) for page in found] == [9, 9, 4]


def test_accounts_have_a_state_and_no_status(organizations):
    created = organizations.create_account(AccountName="x", Email="x@example.com")
    account = created["CreateAccountStatus"]["AccountId"]
    organizations.close_account(AccountId=account)
    listed = {a["Id"]: a for a in organizations.list_accounts()["Accounts"]}
    assert listed[account]["State"] == "SUSPENDED"
    assert all("Status" not in entry for entry in listed.values())
    assert organizations.describe_account(AccountId=account)["Account"]["State"] == "SUSPENDED"


def test_security_hub_can_be_delegated(organizations):
    created = organizations.create_account(AccountName="x", Email="x@example.com")
    account = created["CreateAccountStatus"]["AccountId"]
    service = "securityhub.amazonaws.com"
    organizations.enable_aws_service_access(ServicePrincipal=service)
    organizations.register_delegated_administrator(AccountId=account, ServicePrincipal=service)
    (admin,) = organizations.list_delegated_administrators()["DelegatedAdministrators"]
    assert admin["Id"] == account


def test_any_list_can_be_made_to_need_many_pages(emu, organizations):
    root = organizations.list_roots()["Roots"][0]["Id"]
    for number in range(3):
        organizations.create_organizational_unit(ParentId=root, Name=f"u{number}")
    emu.limit_pages(1)
    found = pages(
        organizations.list_organizational_units_for_parent,
        "OrganizationalUnits",
        "NextToken",
        "NextToken",
        ParentId=root,
    )
    assert [len(page) for page in found] == [1, 1, 1]
