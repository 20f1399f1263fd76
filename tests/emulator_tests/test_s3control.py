"""S3 Control: access points by region, those that span regions in one, and who may read them."""

import json
import urllib.request
from xml.etree import ElementTree

import pytest

import emulator
from emulator_tests.conftest import allow, code_of, create_role, error_of, pages
from organization.estate.buckets import control_client


@pytest.fixture
def control(emu, account):
    return control_client(emu, "eu-west-1", account)


@pytest.fixture
def points(emu, account, control):
    emu.client("s3", account=account).create_bucket(Bucket=f"data-{account}")
    for number in range(3):
        control.create_access_point(
            AccountId=account, Name=f"point-{number}", Bucket=f"data-{account}"
        )
    return control


def test_access_points_come_in_pages_in_their_region_alone(emu, account, points):
    arguments = {"AccountId": account, "MaxResults": 2}
    found = pages(
        points.list_access_points, "AccessPointList", "NextToken", "NextToken", **arguments
    )
    assert [len(page) for page in found] == [2, 1]
    first = found[0][0]
    assert first["AccessPointArn"] == f"arn:aws:s3:eu-west-1:{account}:accesspoint/point-0"
    assert (first["NetworkOrigin"], first["BucketAccountId"]) == ("Internet", account)
    elsewhere = control_client(emu, "us-east-1", account)
    assert elsewhere.list_access_points(AccountId=account)["AccessPointList"] == []
    call = elsewhere.get_access_point
    assert error_of(call, AccountId=account, Name="point-0") == "NoSuchAccessPoint"


def test_an_access_point_tells_its_settings_and_whose_the_bucket_is(points, account):
    point = points.get_access_point(AccountId=account, Name="point-0")
    assert set(point["PublicAccessBlockConfiguration"].values()) == {True}
    assert point["BucketAccountId"] == account
    call = points.get_access_point_policy
    assert error_of(call, AccountId=account, Name="point-0") == "NoSuchAccessPointPolicy"


def test_what_spans_regions_is_kept_in_one(emu, account, control):
    details = {"Name": "wide", "Regions": [{"Bucket": "data"}]}
    kept = control_client(emu, "us-west-2", account)
    kept.create_multi_region_access_point(AccountId=account, Details=details)
    [point] = kept.list_multi_region_access_points(AccountId=account)["AccessPoints"]
    assert (point["Name"], point["Status"]) == ("wide", "READY")
    call = control.list_multi_region_access_points
    assert error_of(call, AccountId=account) == "InvalidRequest"
    policy = kept.get_multi_region_access_point_policy
    code = error_of(policy, AccountId=account, Name="wide")
    assert code == "NoSuchMultiRegionAccessPointPolicy"
    put = {"Name": "wide", "Policy": json.dumps({"Statement": []})}
    kept.put_multi_region_access_point_policy(AccountId=account, Details=put)
    assert policy(AccountId=account, Name="wide")["Policy"]["Established"]["Policy"]


def test_policies_are_read_by_who_may_read_that_access_point(emu, account, points, name):
    arn = f"arn:aws:s3:eu-west-1:{account}:accesspoint/point-1"
    role = create_role(emu, name, allow("s3:GetAccessPointPolicy", resource=arn), account=account)
    emu.enforce_iam()
    try:
        control = emu.client("s3control", "eu-west-1", role=role)
        control.meta.events.register(
            "before-sign.s3-control",
            lambda request, **_: setattr(
                request, "url", request.url.replace(f"//{account}.", "//", 1)
            ),
        )
        policy = control.get_access_point_policy
        allowed = code_of(policy, AccountId=account, Name="point-1")
        denied = code_of(policy, AccountId=account, Name="point-2")
    finally:
        emu.enforce_iam(False)
    assert (allowed, denied) == ("NoSuchAccessPointPolicy", "AccessDenied")


@pytest.mark.parametrize(
    ("region", "path", "root"),
    [
        ("eu-west-1", "accesspoint", "ListAccessPointsResult"),
        ("eu-west-1", "accesspoint/point-0", "GetAccessPointResult"),
        ("eu-west-1", "accesspoint/point-0/policy", "GetAccessPointPolicyResult"),
        ("us-west-2", "mrap/instances", "ListMultiRegionAccessPointsResult"),
        ("us-west-2", "mrap/instances/wide/policy", "GetMultiRegionAccessPointPolicyResult"),
    ],
)
def test_answers_have_the_root_element_that_the_rust_sdk_wants(
    emu, account, points, region, path, root
):
    policy = json.dumps({"Statement": []})
    points.put_access_point_policy(AccountId=account, Name="point-0", Policy=policy)
    kept = control_client(emu, "us-west-2", account)
    details = {"Name": "wide", "Regions": [{"Bucket": "data"}]}
    kept.create_multi_region_access_point(AccountId=account, Details=details)
    put = {"Name": "wide", "Policy": policy}
    kept.put_multi_region_access_point_policy(AccountId=account, Details=put)
    key = emulator.Credentials.root(account).access_key_id
    scope = f"Credential={key}/20261120/{region}/s3/aws4_request"
    request = urllib.request.Request(
        f"{emu.endpoint}/v20180820/{path}",
        headers={
            "Authorization": f"AWS4-HMAC-SHA256 {scope}, Signature=x",
            "x-amz-account-id": account,
        },
    )
    body = urllib.request.urlopen(request).read()
    assert ElementTree.fromstring(body).tag.rpartition("}")[2] == root
