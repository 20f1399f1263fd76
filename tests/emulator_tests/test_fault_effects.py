"""What faults do besides answering with an error, and when they begin."""

from __future__ import annotations

import json
import threading
import time

import pytest
from botocore.exceptions import ClientError

from emulator import EmulatorError, Fault
from emulator_tests.conftest import ACCOUNT, code_of, create_function, create_role, invoke


@pytest.fixture
def table(emu, name):
    """A table of DynamoDB with one key."""
    emu.client("dynamodb", account=ACCOUNT).create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


def write(dynamodb, table, *keys):
    puts = [{"PutRequest": {"Item": {"pk": {"S": key}}}} for key in keys]
    return dynamodb.batch_write_item(RequestItems={table: puts})["UnprocessedItems"]


def stored(dynamodb, table):
    return {item["pk"]["S"] for item in dynamodb.scan(TableName=table)["Items"]}


def test_a_fault_may_begin_in_the_middle(emu):
    emu.faults.add(Fault("AccessDeniedException", service="kms", after=2, times=1))
    call = emu.client("kms", account=ACCOUNT).list_keys
    assert [code_of(call) for _ in range(4)] == [None, None, "AccessDeniedException", None]
    (fault,) = emu.faults.list()
    assert (fault["matched"], fault["struck"]) == (3, 1)


def test_a_call_that_a_fault_lets_pass_is_left_to_the_others(emu):
    emu.faults.add(Fault("ThrottlingException", service="kms", after=1))
    emu.faults.add(Fault("AccessDeniedException", service="kms"))
    call = emu.client("kms", account=ACCOUNT).list_keys
    assert [code_of(call) for _ in range(2)] == ["AccessDeniedException", "ThrottlingException"]


def test_a_call_that_is_held_is_answered_late_and_holds_no_other(emu):
    emu.faults.add(Fault(kind="delay", delay_seconds=1.5, service="kms", region="eu-west-1"))
    held = emu.client("kms", "eu-west-1", account=ACCOUNT)
    free = emu.client("kms", "us-east-1", account=ACCOUNT)
    answered: list[str] = []
    waiting = threading.Thread(target=lambda: (held.list_keys(), answered.append("held")))
    waiting.start()
    time.sleep(0.2)
    free.list_keys()
    answered.append("free")
    waiting.join()
    assert answered == ["free", "held"]


def test_an_error_may_come_late(emu):
    emu.faults.add(Fault("InternalError", 500, service="sns", delay_seconds=0.1))
    assert code_of(emu.client("sns", account=ACCOUNT).list_topics) == "InternalError"


def test_another_body_may_be_answered_and_what_is_stored_stays(emu, name):
    s3 = emu.client("s3", account=ACCOUNT)
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="reports/part-0.json", Body=b"{}")
    fault = Fault(kind="answer", body="\x00not it", operation="GetObject", resource="reports")
    fault_id = emu.faults.add(fault)
    read = lambda: s3.get_object(Bucket=name, Key="reports/part-0.json")["Body"].read()  # noqa: E731
    assert read() == b"\x00not it"
    assert code_of(s3.get_object, Bucket=name, Key="reports/other") == "NoSuchKey"
    emu.faults.remove(fault_id)
    assert read() == b"{}"


def test_the_last_writes_of_a_batch_may_be_left_over(emu, table):
    dynamodb = emu.client("dynamodb", account=ACCOUNT)
    emu.faults.add(Fault(kind="part", items=2, operation="BatchWriteItem", times=1))
    left = write(dynamodb, table, "a", "b", "c")
    assert [put["PutRequest"]["Item"]["pk"]["S"] for put in left[table]] == ["b", "c"]
    assert stored(dynamodb, table) == {"a"}
    assert write(dynamodb, table, "b", "c") == {}
    assert stored(dynamodb, table) == {"a", "b", "c"}


def test_all_writes_of_a_batch_may_be_left_over(emu, table):
    dynamodb = emu.client("dynamodb", account=ACCOUNT)
    emu.faults.add(Fault(kind="part", items=25, operation="BatchWriteItem"))
    assert len(write(dynamodb, table, "a", "b")[table]) == 2
    assert stored(dynamodb, table) == set()


def test_the_last_findings_of_an_import_may_fail(emu, account):
    hub = emu.client("securityhub", account=account)
    hub.enable_security_hub()
    product = f"arn:aws:securityhub:us-east-1:{account}:product/{account}/default"
    finding = {
        "SchemaVersion": "2018-10-08",
        "ProductArn": product,
        "GeneratorId": "S3.2",
        "AwsAccountId": account,
        "Types": ["Software and Configuration Checks"],
        "CreatedAt": "2026-01-01T00:00:00Z",
        "UpdatedAt": "2026-01-01T00:00:00Z",
        "Severity": {"Label": "HIGH"},
        "Title": "t",
        "Description": "d",
        "Resources": [{"Type": "AwsS3Bucket", "Id": "arn:aws:s3:::b"}],
    }
    emu.faults.add(Fault("InternalFailure", message="not now", kind="part", items=1))
    answer = hub.batch_import_findings(Findings=[{**finding, "Id": "1"}, {**finding, "Id": "2"}])
    assert (answer["SuccessCount"], answer["FailedCount"]) == (1, 1)
    assert answer["FailedFindings"] == [
        {"Id": "2", "ErrorCode": "InternalFailure", "ErrorMessage": "not now"}
    ]
    emu.faults.clear()
    assert [it["Id"] for it in hub.get_findings()["Findings"]] == ["1"]


def test_a_function_is_killed_after_its_call_was_done(emu, name):
    s3 = emu.client("s3", account=ACCOUNT)
    s3.create_bucket(Bucket=name)
    create_function(emu, name, role=create_role(emu, name))
    emu.faults.add(Fault(kind="kill", operation="PutObject", resource="reports", times=1))
    event = {"put": f"/{name}/reports/1"}
    error, answer = invoke(emu, name, event)
    assert (error, answer["errorType"]) == ("Unhandled", "Runtime.ExitError")
    assert answer["errorMessage"].endswith("signal: SIGKILL")
    assert s3.get_object(Bucket=name, Key="reports/1")["Body"].read() == b"{}"
    error, answer = invoke(emu, name, event)
    assert (error, answer["served"]) == (None, 1)


def test_who_is_no_function_cannot_be_killed(emu, name):
    emu.faults.add(Fault(kind="kill", operation="ListBuckets"))
    assert code_of(emu.client("s3", account=ACCOUNT).list_buckets) == "InvalidFault"


def test_a_fault_that_could_do_nothing_is_refused(emu):
    for order, why in (
        ({"kind": "murder", "code": "X"}, "no such kind"),
        ({"service": "kms"}, "needs a `code`"),
        ({"kind": "delay"}, "needs a `delay_seconds`"),
        ({"kind": "answer"}, "needs a `body`"),
        ({"kind": "part", "code": "X"}, "needs a `items`"),
    ):
        with pytest.raises(EmulatorError, match=why):
            emu.admin("POST", "/emulator/faults", order)


def test_an_error_may_say_more_than_its_code(emu, table):
    dynamodb = emu.client("dynamodb", account=ACCOUNT)
    kind = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException"
    body = {"__type": kind, "CancellationReasons": [{"Code": "TransactionConflict"}]}
    code = "TransactionCanceledException"
    emu.faults.add(Fault(code, body=json.dumps(body), operation="TransactWriteItems"))
    put = {"Put": {"TableName": table, "Item": {"pk": {"S": "a"}}}}
    with pytest.raises(ClientError) as caught:
        dynamodb.transact_write_items(TransactItems=[put])
    assert caught.value.response["CancellationReasons"] == [{"Code": "TransactionConflict"}]
    assert stored(dynamodb, table) == set()
    assert emu.calls(operation="TransactWriteItems")[0].error == code
