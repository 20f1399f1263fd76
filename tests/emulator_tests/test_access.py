"""Access control: what a role may do, and how a refusal looks in each protocol."""

import json

import pytest

from emulator import Credentials
from emulator_tests.conftest import ACCOUNT, allow, code_of, create_role

OTHER = "222222222222"


@pytest.fixture
def bucket(emu, name):
    emu.client("s3", account=ACCOUNT).create_bucket(Bucket=name)
    return name


@pytest.fixture
def key(emu):
    return emu.client("kms", account=ACCOUNT).create_key()["KeyMetadata"]["Arn"]


@pytest.mark.parametrize(
    ("service", "operation", "arguments", "code"),
    [
        ("s3", "list_buckets", {}, "AccessDenied"),
        ("s3control", "get_public_access_block", {"AccountId": ACCOUNT}, "AccessDenied"),
        ("ec2", "describe_vpcs", {}, "UnauthorizedOperation"),
        ("kms", "list_keys", {}, "AccessDeniedException"),
        ("dynamodb", "list_tables", {}, "AccessDeniedException"),
        ("organizations", "list_accounts", {}, "AccessDeniedException"),
        ("securityhub", "get_findings", {}, "AccessDeniedException"),
        ("lambda", "list_functions", {}, "AccessDeniedException"),
        ("iam", "list_roles", {}, "AccessDenied"),
        ("sns", "list_topics", {}, "AuthorizationError"),
    ],
)
def test_a_refusal_has_the_code_of_its_service(emu, name, service, operation, arguments, code):
    role = create_role(emu, name)
    emu.enforce_iam()
    assert code_of(getattr(emu.client(service, role=role), operation), **arguments) == code


def test_an_unknown_key_is_refused(emu):
    emu.enforce_iam()
    nobody = Credentials(ACCOUNT, "AKIAIOSFODNN7EXAMPLE", "x")
    assert code_of(emu.client("kms", credentials=nobody).list_keys) == "UnrecognizedClientException"


def test_a_root_user_may_do_everything(emu):
    emu.enforce_iam()
    assert code_of(emu.client("kms", account=ACCOUNT).list_keys) is None


def test_everybody_may_ask_who_they_are(emu, name):
    role = create_role(emu, name)
    emu.enforce_iam()
    identity = emu.client("sts", role=role).get_caller_identity()
    assert identity["Account"] == ACCOUNT
    assert f"assumed-role/{name}/" in identity["Arn"]


@pytest.mark.parametrize(
    ("operation", "action"),
    [
        ("get_bucket_encryption", "s3:GetEncryptionConfiguration"),
        ("get_public_access_block", "s3:GetBucketPublicAccessBlock"),
        ("get_bucket_lifecycle_configuration", "s3:GetLifecycleConfiguration"),
        ("get_bucket_replication", "s3:GetReplicationConfiguration"),
        ("get_object_lock_configuration", "s3:GetBucketObjectLockConfiguration"),
        ("get_bucket_cors", "s3:GetBucketCORS"),
        ("get_bucket_notification_configuration", "s3:GetBucketNotification"),
        ("get_bucket_policy_status", "s3:GetBucketPolicyStatus"),
        ("get_bucket_acl", "s3:GetBucketAcl"),
        ("head_bucket", "s3:ListBucket"),
        ("list_objects_v2", "s3:ListBucket"),
    ],
)
def test_s3_operations_need_the_action_that_iam_names(emu, name, bucket, operation, action):
    with_it = create_role(emu, f"{name}-1", allow(action))
    everything_else = allow("s3:*")
    everything_else["Statement"].append({"Effect": "Deny", "Action": action, "Resource": "*"})
    without = create_role(emu, f"{name}-2", everything_else)
    emu.enforce_iam()
    denied = {"AccessDenied", "403"}
    call = getattr(emu.client("s3", role=with_it), operation)
    assert code_of(call, Bucket=bucket) not in denied
    call = getattr(emu.client("s3", role=without), operation)
    assert code_of(call, Bucket=bucket) in denied


def test_an_allow_may_name_its_resource_outside_s3(emu, name, key):
    other = emu.client("kms", account=ACCOUNT).create_key()["KeyMetadata"]["Arn"]
    role = create_role(emu, name, allow("kms:DescribeKey", resource=key))
    emu.enforce_iam()
    kms = emu.client("kms", role=role)
    assert code_of(kms.describe_key, KeyId=key) is None
    assert code_of(kms.describe_key, KeyId=key.rpartition("/")[2]) is None
    assert code_of(kms.describe_key, KeyId=other) == "AccessDeniedException"


def test_an_action_without_resources_needs_a_star(emu, name, key):
    role = create_role(emu, name, allow("kms:ListKeys", resource=key))
    emu.enforce_iam()
    assert code_of(emu.client("kms", role=role).list_keys) == "AccessDeniedException"


def test_a_transaction_needs_the_actions_of_its_items(emu, name):
    emu.client("dynamodb", account=ACCOUNT).create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    table = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/{name}"
    put = create_role(emu, f"{name}-1", allow("dynamodb:PutItem", resource=table))
    wrong = create_role(emu, f"{name}-2", allow("dynamodb:TransactWriteItems", resource=table))
    emu.enforce_iam()
    items = [{"Put": {"TableName": name, "Item": {"pk": {"S": "1"}}}}]
    write = emu.client("dynamodb", role=put).transact_write_items
    assert code_of(write, TransactItems=items) is None
    write = emu.client("dynamodb", role=wrong).transact_write_items
    assert code_of(write, TransactItems=items) == "AccessDeniedException"


def test_a_bucket_of_another_account_needs_its_policy(emu, name, bucket):
    emu.client("s3", account=ACCOUNT).put_object(Bucket=bucket, Key="k", Body=b"1")
    role = create_role(emu, name, allow("s3:GetObject"), account=OTHER)
    emu.enforce_iam()
    read = emu.client("s3", role=role).get_object
    assert code_of(read, Bucket=bucket, Key="k") == "AccessDenied"
    policy = allow("s3:GetObject", resource=f"arn:aws:s3:::{bucket}/*")
    policy["Statement"][0]["Principal"] = {"AWS": role}
    emu.client("s3", account=ACCOUNT).put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))
    assert code_of(read, Bucket=bucket, Key="k") is None


def test_a_bucket_policy_may_deny(emu, name, bucket):
    role = create_role(emu, name, allow("s3:*"))
    policy = allow("s3:GetBucketPolicy", resource=f"arn:aws:s3:::{bucket}")
    policy["Statement"][0] |= {"Effect": "Deny", "Principal": "*"}
    emu.client("s3", account=ACCOUNT).put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))
    emu.enforce_iam()
    s3 = emu.client("s3", role=role)
    assert code_of(s3.get_bucket_policy, Bucket=bucket) == "AccessDenied"
    assert code_of(s3.get_bucket_versioning, Bucket=bucket) is None


def test_a_key_policy_that_does_not_let_iam_in_refuses(emu, name):
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:role/keeper"},
                "Action": "kms:*",
                "Resource": "*",
            }
        ],
    }
    kms = emu.client("kms", account=ACCOUNT)
    key = kms.create_key(Policy=json.dumps(policy))["KeyMetadata"]["Arn"]
    role = create_role(emu, name, allow("kms:*"))
    emu.enforce_iam()
    describe = emu.client("kms", role=role).describe_key
    assert code_of(describe, KeyId=key) == "AccessDeniedException"


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ({"StringEquals": {"aws:RequestedRegion": ["us-east-1"]}}, None),
        ({"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}, "AccessDeniedException"),
        ({"StringNotEquals": {"aws:RequestedRegion": "us-east-1"}}, "AccessDeniedException"),
        ({"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/t-*"}}, None),
        ({"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/*"}}, None),
        ({"Bool": {"aws:SecureTransport": "true"}}, None),
        ({"Null": {"aws:PrincipalOrgID": "true"}}, None),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-x"}}, "AccessDeniedException"),
        ({"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-x"}}, None),
        ({"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}, None),
        ({"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}, None),
    ],
)
def test_conditions(emu, name, condition, code):
    policy = allow("kms:ListKeys")
    policy["Statement"][0]["Condition"] = condition
    role = create_role(emu, name, policy)
    emu.enforce_iam()
    assert code_of(emu.client("kms", role=role).list_keys) == code


def test_a_permissions_boundary_limits(emu, name):
    iam = emu.client("iam", account=ACCOUNT)
    boundary = iam.create_policy(PolicyName=name, PolicyDocument=json.dumps(allow("s3:*")))
    role = create_role(emu, name, allow("kms:*", "s3:*"))
    iam.put_role_permissions_boundary(RoleName=name, PermissionsBoundary=boundary["Policy"]["Arn"])
    emu.enforce_iam()
    assert code_of(emu.client("kms", role=role).list_keys) == "AccessDeniedException"
    assert code_of(emu.client("s3", role=role).list_buckets) is None


def test_managed_policies_count(emu, name):
    iam = emu.client("iam", account=ACCOUNT)
    policy = iam.create_policy(PolicyName=name, PolicyDocument=json.dumps(allow("kms:ListKeys")))
    role = create_role(emu, name)
    iam.attach_role_policy(RoleName=name, PolicyArn=policy["Policy"]["Arn"])
    emu.enforce_iam()
    assert code_of(emu.client("kms", role=role).list_keys) is None


def test_every_call_is_recorded_with_its_decision(emu, name):
    role = create_role(emu, name, allow("kms:ListKeys"))
    emu.enforce_iam()
    emu.clear_calls()
    kms = emu.client("kms", role=role)
    kms.list_keys()
    code_of(kms.list_aliases)
    allowed, denied = emu.calls(service="kms")
    assert (allowed.decision, allowed.action, allowed.status) == ("allowed", "kms:ListKeys", 200)
    assert (denied.decision, denied.error) == ("denied", "AccessDeniedException")
    assert allowed.role == denied.role == role
    assert allowed.account == ACCOUNT


def test_what_an_event_says_of_its_source_is_a_condition(emu, name):
    policy = allow("events:PutEvents")
    policy["Statement"][0]["Condition"] = {"StringEquals": {"events:source": "orgsweep"}}
    role = create_role(emu, name, policy)
    emu.enforce_iam()
    put = emu.client("events", role=role).put_events

    def code(source: str) -> str | None:
        return code_of(put, Entries=[{"Source": source, "DetailType": "t", "Detail": "{}"}])

    assert code("orgsweep") is None
    assert code("another") == "AccessDeniedException"
