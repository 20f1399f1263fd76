"""Security Hub: imports, filters and the analyst's fields."""

import pytest

from emulator_tests.conftest import error_of, pages


@pytest.fixture
def hub(emu, account):
    client = emu.client("securityhub", account=account)
    client.enable_security_hub()
    return client


def a_finding(account: str, number: int = 1, **more) -> dict:
    return {
        "SchemaVersion": "2018-10-08",
        "Id": f"{account}/us-east-1/S3.8/bucket-{number}",
        "ProductArn": f"arn:aws:securityhub:us-east-1:{account}:product/{account}/default",
        "GeneratorId": "S3.8",
        "AwsAccountId": account,
        "Types": ["Software and Configuration Checks"],
        "CreatedAt": "2026-11-20T10:00:00.000Z",
        "UpdatedAt": "2026-11-20T10:00:00.000Z",
        "Title": "t",
        "Description": "d",
        "Resources": [{"Type": "AwsS3Bucket", "Id": f"arn:aws:s3:::bucket-{number}"}],
        "FindingProviderFields": {"Severity": {"Label": "HIGH"}},
        "Compliance": {"Status": "FAILED", "SecurityControlId": "S3.8"},
        **more,
    }


def test_a_hub_must_be_enabled(emu, account):
    client = emu.client("securityhub", account=account)
    call = client.batch_import_findings
    assert error_of(call, Findings=[a_finding(account)]) == "InvalidAccessException"
    assert error_of(client.get_findings) == "InvalidAccessException"


def test_another_region_is_another_hub(emu, hub, account):
    client = emu.client("securityhub", "eu-west-1", account=account)
    call = client.batch_import_findings
    assert error_of(call, Findings=[a_finding(account)]) == "InvalidAccessException"


def test_more_than_a_hundred_findings_are_refused(hub, account):
    findings = [a_finding(account, n) for n in range(101)]
    assert error_of(hub.batch_import_findings, Findings=findings) == "InvalidInputException"
    assert hub.batch_import_findings(Findings=findings[:100])["SuccessCount"] == 100


def test_findings_of_other_accounts_and_regions_fail_one_by_one(hub, account):
    foreign = a_finding(account, 2, AwsAccountId="222222222222")
    elsewhere = a_finding(account, 3)
    elsewhere["ProductArn"] = elsewhere["ProductArn"].replace("us-east-1", "eu-west-1")
    answer = hub.batch_import_findings(Findings=[a_finding(account), foreign, elsewhere])
    assert (answer["SuccessCount"], answer["FailedCount"]) == (1, 2)
    assert [failed["Id"][-1] for failed in answer["FailedFindings"]] == ["2", "3"]


@pytest.mark.parametrize(
    "change",
    [
        {"Title": "x" * 257},
        {"Description": "x" * 1_025},
        {"Description": " "},
        {"GeneratorId": "x" * 513},
        {"ProductFields": {"x" * 129: "y"}},
        {"ProductFields": {"x": "y" * 2_049}},
        {"ProductFields": {str(n): "y" for n in range(51)}},
        {"Remediation": {"Recommendation": {"Text": "x" * 513}}},
        {"Types": ["no such form/"]},
        {"CreatedAt": "yesterday"},
    ],
)
def test_a_finding_beyond_the_documented_limits_is_refused(hub, account, change):
    answer = hub.batch_import_findings(Findings=[a_finding(account, 0, **change)])
    assert answer["FailedFindings"][0]["ErrorCode"] == "InvalidInput"


def test_findings_are_filtered(hub, account):
    hub.batch_import_findings(Findings=[a_finding(account, n) for n in range(3)])

    def found(**filters) -> int:
        wanted = {k: [{"Value": v, "Comparison": "EQUALS"}] for k, v in filters.items()}
        return len(hub.get_findings(Filters=wanted)["Findings"])

    assert found(Id=f"{account}/us-east-1/S3.8/bucket-1") == 1
    assert found(ResourceId="arn:aws:s3:::bucket-2") == 1
    assert found(AwsAccountId=account, Region="us-east-1", SeverityLabel="HIGH") == 3
    assert found(AwsAccountId="1") == found(Region="eu-west-1") == 0
    prefix = {"Id": [{"Value": account, "Comparison": "PREFIX"}]}
    assert len(hub.get_findings(Filters=prefix)["Findings"]) == 3


def test_findings_come_in_pages(hub, account):
    hub.batch_import_findings(Findings=[a_finding(account, n) for n in range(5)])
    found = pages(hub.get_findings, "Findings", "NextToken", "NextToken", MaxResults=2)
    assert [len(page) for page in found] == [2, 2, 1]


def test_an_import_updates_but_leaves_the_workflow_to_the_analyst(hub, account):
    finding = a_finding(account)
    hub.batch_import_findings(Findings=[finding])
    name = {"Id": finding["Id"], "ProductArn": finding["ProductArn"]}
    hub.batch_update_findings(FindingIdentifiers=[name], Workflow={"Status": "SUPPRESSED"})
    later = a_finding(account, UpdatedAt="2026-11-21T10:00:00.000Z", Title="new")
    hub.batch_import_findings(Findings=[later])
    (stored,) = hub.get_findings()["Findings"]
    assert (stored["Title"], stored["Workflow"]["Status"]) == ("new", "SUPPRESSED")
    assert stored["RecordState"] == "ACTIVE"


def test_an_older_update_is_refused(hub, account):
    hub.batch_import_findings(Findings=[a_finding(account)])
    older = a_finding(account, UpdatedAt="2026-11-19T10:00:00.000Z")
    assert hub.batch_import_findings(Findings=[older])["FailedCount"] == 1
