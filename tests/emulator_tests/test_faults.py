"""Faults: errors that a test orders."""

import pytest
from botocore.exceptions import ClientError

from emulator import EmulatorError, Fault
from emulator_tests.conftest import ACCOUNT, code_of


def test_a_service_can_be_denied_in_one_region(emu):
    emu.faults.add(Fault("AccessDeniedException", service="kms", region="eu-west-1"))
    assert code_of(emu.client("kms", "eu-west-1", account=ACCOUNT).list_keys)
    assert code_of(emu.client("kms", "us-east-1", account=ACCOUNT).list_keys) is None


def test_an_operation_can_be_denied_on_one_bucket(emu, name):
    s3 = emu.client("s3", account=ACCOUNT)
    for bucket in (name, f"{name}-2"):
        s3.create_bucket(Bucket=bucket)
    emu.faults.add(Fault("AccessDenied", status=403, operation="GetBucketPolicy", resource=name))
    assert code_of(s3.get_bucket_policy, Bucket=name) == "AccessDenied"
    assert code_of(s3.get_bucket_policy, Bucket=f"{name}-2") == "NoSuchBucketPolicy"
    assert code_of(s3.get_bucket_versioning, Bucket=name) is None


def test_one_account_can_be_throttled_a_few_times(emu):
    emu.faults.add(Fault("ThrottlingException", service="kms", account="222222222222", times=2))
    call = emu.client("kms", account="222222222222").list_keys
    codes = [code_of(call) for _ in range(3)]
    assert codes == ["ThrottlingException", "ThrottlingException", None]
    assert emu.faults.list()[0]["struck"] == 2
    assert code_of(emu.client("kms", account=ACCOUNT).list_keys) is None


def test_the_message_and_the_protocol_are_right(emu):
    emu.faults.add(Fault("RequestLimitExceeded", 503, "slow down", service="ec2"))
    with pytest.raises(ClientError) as caught:
        emu.client("ec2", account=ACCOUNT).describe_vpcs()
    response = caught.value.response
    assert response["Error"] == {"Code": "RequestLimitExceeded", "Message": "slow down"}
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 503


def test_a_fault_can_be_removed(emu):
    fault = emu.faults.add(Fault("InternalError", 500, service="sns"))
    sns = emu.client("sns", account=ACCOUNT)
    assert code_of(sns.list_topics) == "InternalError"
    emu.faults.remove(fault)
    assert code_of(sns.list_topics) is None
    with pytest.raises(EmulatorError):
        emu.faults.remove(fault)


def test_a_fault_is_marked_in_the_record(emu):
    emu.faults.add(Fault("AccessDenied", 403, operation="ListBuckets"))
    code_of(emu.client("s3", account=ACCOUNT).list_buckets)
    (call,) = emu.calls(operation="ListBuckets")
    assert (call.fault, call.error, call.status) == (True, "AccessDenied", 403)


def test_an_unknown_field_is_an_error(emu):
    with pytest.raises(EmulatorError, match="unknown fields"):
        emu.admin("POST", "/emulator/faults", {"code": "X", "servise": "kms"})
