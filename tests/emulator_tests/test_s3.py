"""S3: pages, regions, owners and root elements."""

import json
import urllib.error
import urllib.request
from xml.etree import ElementTree

import pytest
from botocore.exceptions import ClientError

import emulator
from emulator_tests.conftest import allow, create_role, error_of, pages


@pytest.fixture
def s3(emu, account, name):
    for number in range(5):
        region = "eu-west-1" if number % 2 else "us-east-1"
        location = {"CreateBucketConfiguration": {"LocationConstraint": region}}
        emu.client("s3", region, account=account).create_bucket(
            Bucket=f"{name}-{4 - number}", **(location if number % 2 else {})
        )
    return emu.client("s3", account=account)


def test_buckets_come_in_pages_by_name_with_their_region(s3, name):
    found = pages(
        s3.list_buckets, "Buckets", "ContinuationToken", "ContinuationToken", MaxBuckets=2
    )
    assert [len(page) for page in found] == [2, 2, 1]
    buckets = [bucket for page in found for bucket in page]
    assert [bucket["Name"] for bucket in buckets] == [f"{name}-{n}" for n in range(5)]
    assert [b["BucketRegion"] for b in buckets][:2] == ["us-east-1", "eu-west-1"]


def test_buckets_are_filtered_by_region_and_prefix(s3, name):
    assert len(s3.list_buckets(BucketRegion="eu-west-1")["Buckets"]) == 2
    assert len(s3.list_buckets(Prefix=f"{name}-3")["Buckets"]) == 1


def test_a_token_of_another_list_is_refused(s3):
    assert error_of(s3.list_buckets, ContinuationToken="x") == "InvalidArgument"


def test_a_role_must_ask_in_the_region_of_the_bucket(emu, s3, account, name):
    role = create_role(emu, name, allow("s3:*"), account=account)
    there = emu.client("s3", "eu-west-1", role=role)
    assert there.get_bucket_versioning(Bucket=f"{name}-1")
    here = emu.client("s3", "us-east-1", role=role)
    assert here.get_bucket_location(Bucket=f"{name}-1")["LocationConstraint"] == "eu-west-1"
    key = emu.credentials(role).access_key_id  # boto3 would follow the redirect
    scope = f"Credential={key}/20261120/us-east-1/s3/aws4_request"
    request = urllib.request.Request(
        f"{emu.endpoint}/{name}-1?versioning",
        headers={"Authorization": f"AWS4-HMAC-SHA256 {scope}, Signature=x"},
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    assert caught.value.code == 301
    assert b"<Code>PermanentRedirect</Code>" in caught.value.read()
    assert caught.value.headers["x-amz-bucket-region"] == "eu-west-1"


def test_a_refused_head_of_a_bucket_still_names_its_region(emu, s3, account, name):
    role = create_role(emu, f"{name}-head", allow("s3:ListAllMyBuckets"), account=account)
    emu.enforce_iam()
    try:
        with pytest.raises(ClientError) as caught:
            emu.client("s3", "us-east-1", role=role).head_bucket(Bucket=f"{name}-0")
    finally:
        emu.enforce_iam(False)
    answer = caught.value.response["ResponseMetadata"]
    assert answer["HTTPStatusCode"] == 403
    assert answer["HTTPHeaders"]["x-amz-bucket-region"] == "us-east-1"


def test_the_expected_owner_is_checked(s3, account, name):
    arguments = {"Bucket": f"{name}-0"}
    assert s3.get_bucket_versioning(**arguments, ExpectedBucketOwner=account)
    call = s3.get_bucket_versioning
    assert error_of(call, **arguments, ExpectedBucketOwner="1" * 12) == "AccessDenied"


@pytest.mark.parametrize(
    ("query", "root"),
    [
        ("versioning", "VersioningConfiguration"),
        ("notification", "NotificationConfiguration"),
        ("logging", "BucketLoggingStatus"),
        ("ownershipControls", "OwnershipControls"),
        ("acl", "AccessControlPolicy"),
        ("accelerate", "AccelerateConfiguration"),
        ("cors", "CORSConfiguration"),
        ("intelligent-tiering", "ListBucketIntelligentTieringConfigurationsOutput"),
        ("inventory", "ListInventoryConfigurationsResult"),
        ("tagging", "Tagging"),
        ("website", "WebsiteConfiguration"),
    ],
)
def test_answers_have_the_root_element_that_the_rust_sdk_wants(emu, s3, account, name, query, root):
    s3.put_bucket_ownership_controls(
        Bucket=f"{name}-0",
        OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
    )
    rule = {"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}
    s3.put_bucket_cors(Bucket=f"{name}-0", CORSConfiguration={"CORSRules": [rule]})
    s3.put_bucket_tagging(Bucket=f"{name}-0", Tagging={"TagSet": [{"Key": "owner", "Value": "me"}]})
    s3.put_bucket_website(
        Bucket=f"{name}-0", WebsiteConfiguration={"IndexDocument": {"Suffix": "index.html"}}
    )
    key = emulator.Credentials.root(account).access_key_id
    scope = f"Credential={key}/20261120/us-east-1/s3/aws4_request"
    request = urllib.request.Request(
        f"{emu.endpoint}/{name}-0?{query}",
        headers={"Authorization": f"AWS4-HMAC-SHA256 {scope}, Signature=x"},
    )
    body = urllib.request.urlopen(request).read()
    assert ElementTree.fromstring(body).tag.rpartition("}")[2] == root


def test_the_account_level_block_is_that_of_the_account(emu, account):
    blocked = dict.fromkeys(
        ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"),
        True,
    )
    control = emu.client("s3control", account=account)
    arguments = {"AccountId": account}
    missing = error_of(control.get_public_access_block, **arguments)
    assert missing == "NoSuchPublicAccessBlockConfiguration"
    control.put_public_access_block(**arguments, PublicAccessBlockConfiguration=blocked)
    answer = control.get_public_access_block(**arguments)
    assert answer["PublicAccessBlockConfiguration"] == blocked


def test_objects_survive_the_gateway(emu, account, name):
    s3 = emu.client("s3", account=account)
    s3.create_bucket(Bucket=name)
    body = bytes(range(256)) * 1000
    key = "runs/r 1/ü+%/x.json"
    s3.put_object(Bucket=name, Key=key, Body=body, Metadata={"a": "b"})
    answer = s3.get_object(Bucket=name, Key=key)
    assert answer["Body"].read() == body
    assert answer["Metadata"] == {"a": "b"}
    assert s3.head_object(Bucket=name, Key=key)["ContentLength"] == len(body)
    assert error_of(s3.get_object, Bucket=name, Key="none") == "NoSuchKey"
    (listed,) = s3.list_objects_v2(Bucket=name)["Contents"]
    assert listed["Key"] == key
    policy = allow("s3:GetObject", resource=f"arn:aws:s3:::{name}/*")
    policy["Statement"][0]["Principal"] = "*"
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
    assert s3.get_bucket_policy_status(Bucket=name)["PolicyStatus"]["IsPublic"] is True


def test_a_denial_without_tls_refuses_nobody_who_comes_with_it(emu, account, name):
    s3 = emu.client("s3", account=account)
    s3.create_bucket(Bucket=name)
    insecure = {"Bool": {"aws:SecureTransport": "false"}}
    policy = allow("s3:*", resource=[f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"])
    policy["Statement"][0].update(Effect="Deny", Principal="*", Condition=insecure)
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
    role = create_role(emu, name, allow("s3:PutObject"), account=account)
    emu.enforce_iam()
    emu.client("s3", role=role).put_object(Bucket=name, Key="a", Body=b"")
    assert s3.head_object(Bucket=name, Key="a")["ContentLength"] == 0


def test_a_bucket_without_acls_may_be_logged_to_before_its_policy_says_so(emu, account, name):
    s3 = emu.client("s3", account=account)
    for bucket in (name, f"{name}-logs"):
        s3.create_bucket(Bucket=bucket)
    target = {"TargetBucket": f"{name}-logs", "TargetPrefix": ""}
    log = {"Bucket": name, "BucketLoggingStatus": {"LoggingEnabled": target}}
    assert error_of(s3.put_bucket_logging, **log) == "InvalidTargetBucketForLogging"
    s3.put_bucket_ownership_controls(
        Bucket=f"{name}-logs",
        OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
    )
    s3.put_bucket_logging(**log)
    logging = s3.get_bucket_logging(Bucket=name)["LoggingEnabled"]
    assert logging["TargetBucket"] == f"{name}-logs"
