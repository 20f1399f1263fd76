"""Distributed Maps, as the sweep uses them."""

import json

import pytest

from emulator_tests.conftest import ACCOUNT, allow, create_function, create_role, output, run

ACCOUNTS = [{"account": f"{n:012}"} for n in range(1, 4)]


@pytest.fixture
def bucket(emu, name):
    emu.client("s3", account=ACCOUNT).create_bucket(Bucket=name)
    emu.client("s3", account=ACCOUNT).put_object(
        Bucket=name, Key="runs/r1/accounts.json", Body=json.dumps(ACCOUNTS)
    )
    return name


def sweep(bucket: str, processor: dict, **fields) -> dict:
    """A machine with one Distributed Map that reads its items from S3."""
    return {
        "StartAt": "Sweep",
        "States": {
            "Sweep": {
                "Type": "Map",
                "Label": "Accounts",
                "MaxConcurrency": 2,
                "ItemReader": {
                    "Resource": "arn:aws:states:::s3:getObject",
                    "ReaderConfig": {"InputType": "JSON"},
                    "Parameters": {"Bucket.$": "$.bucket", "Key.$": "$.key"},
                },
                "ItemSelector": {
                    "account.$": "$$.Map.Item.Value.account",
                    "index.$": "$$.Map.Item.Index",
                    "run.$": "$$.Execution.Name",
                },
                "ItemProcessor": {
                    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                    **processor,
                },
                "End": True,
                **fields,
            }
        },
    }


def event(bucket: str) -> dict:
    return {"bucket": bucket, "key": "runs/r1/accounts.json"}


def passing(**fields) -> dict:
    return {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True, **fields}}}


def calling(function: str, payload: dict) -> dict:
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": function, "Payload": payload},
        "OutputPath": "$.Payload.echo",
        "End": True,
    }
    return {"StartAt": "Call", "States": {"Call": task}}


FAIL_SECOND = {
    "StartAt": "Which",
    "States": {
        "Which": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.index", "NumericEquals": 1, "Next": "Refuse"}],
            "Default": "Done",
        },
        "Refuse": {"Type": "Fail", "Error": "AssumeRoleDenied", "Cause": "no way in"},
        "Done": {"Type": "Succeed"},
    },
}


def map_run(emu, described: dict) -> dict:
    states = emu.client("stepfunctions", account=ACCOUNT)
    (run_item,) = states.list_map_runs(executionArn=described["executionArn"])["mapRuns"]
    return states.describe_map_run(mapRunArn=run_item["mapRunArn"])


def test_items_come_from_s3_and_the_selector_sees_item_and_parent(emu, name, bucket):
    described = run(emu, name, sweep(bucket, passing()), event(bucket))
    results = output(described)
    assert [r["account"] for r in results] == [a["account"] for a in ACCOUNTS]
    assert [r["index"] for r in results] == [0, 1, 2]
    assert {r["run"] for r in results} == {described["name"]}


def test_a_child_is_an_execution_of_its_own(emu, name, bucket):
    fields = {"id.$": "$$.Execution.Id", "machine.$": "$$.StateMachine.Id"}
    described = run(emu, name, sweep(bucket, passing(Parameters=fields)), event(bucket))
    children = output(described)
    assert len({child["id"] for child in children}) == 3
    for child in children:
        assert f":execution:{name}/Accounts:" in child["id"]
        assert child["machine"].endswith(f":stateMachine:{name}/Accounts")


def test_the_item_is_out_of_sight_inside_a_child(emu, name, bucket):
    fields = {"x.$": "$$.Map.Item.Value"}
    described = run(emu, name, sweep(bucket, passing(Parameters=fields)), event(bucket))
    assert described["status"] == "FAILED"


def test_functions_are_called_from_maps_inside_a_parallel_inside_the_map(emu, name, bucket):
    function = create_function(emu, name)
    regions = {
        "StartAt": "Regions",
        "States": {
            "Regions": {
                "Type": "Map",
                "ItemsPath": "$.regions",
                "ItemSelector": {"region.$": "$$.Map.Item.Value", "account.$": "$.account"},
                "ItemProcessor": {
                    "ProcessorConfig": {"Mode": "INLINE"},
                    **calling(function, {"a.$": "$.account", "r.$": "$.region"}),
                },
                "End": True,
            }
        },
    }
    processor = {
        "StartAt": "Scopes",
        "States": {
            "Scopes": {
                "Type": "Pass",
                "Result": ["eu-west-1", "us-east-1"],
                "ResultPath": "$.regions",
                "Next": "Services",
            },
            "Services": {"Type": "Parallel", "Branches": [regions, regions], "End": True},
        },
    }
    results = output(run(emu, name, sweep(bucket, processor), event(bucket)))
    assert results[2] == [
        [{"a": "000000000003", "r": r} for r in ("eu-west-1", "us-east-1")] for _ in range(2)
    ]
    assert len(emu.calls(service="lambda", operation="Invoke")) == 12


def test_one_failed_child_fails_the_map_by_default(emu, name, bucket):
    described = run(emu, name, sweep(bucket, FAIL_SECOND), event(bucket))
    assert described["error"] == "States.ExceedToleratedFailureThreshold"
    assert map_run(emu, described)["status"] == "FAILED"


def test_all_failures_may_be_tolerated(emu, name, bucket):
    definition = sweep(bucket, FAIL_SECOND, ToleratedFailurePercentage=100)
    described = run(emu, name, definition, event(bucket))
    assert described["status"] == "SUCCEEDED"
    counts = map_run(emu, described)["itemCounts"]
    assert (counts["total"], counts["succeeded"], counts["failed"]) == (3, 2, 1)
    assert (counts["pending"], counts["running"]) == (0, 0)


def test_the_children_that_failed_can_be_listed_and_described(emu, name, bucket):
    definition = sweep(bucket, FAIL_SECOND, ToleratedFailurePercentage=100)
    described = run(emu, name, definition, event(bucket))
    states = emu.client("stepfunctions", account=ACCOUNT)
    arn = map_run(emu, described)["mapRunArn"]
    assert len(states.list_executions(mapRunArn=arn)["executions"]) == 3
    (failed,) = states.list_executions(mapRunArn=arn, statusFilter="FAILED")["executions"]
    child = states.describe_execution(executionArn=failed["executionArn"])
    assert (child["status"], child["error"]) == ("FAILED", "AssumeRoleDenied")
    assert json.loads(child["input"])["index"] == 1
    assert child["mapRunArn"] == arn


@pytest.mark.parametrize(("percentage", "status"), [(20, "FAILED"), (34, "SUCCEEDED")])
def test_the_percentage_counts(emu, name, bucket, percentage, status):
    definition = sweep(bucket, FAIL_SECOND, ToleratedFailurePercentage=percentage)
    assert run(emu, name, definition, event(bucket))["status"] == status


@pytest.mark.parametrize(("count", "status"), [(1, "SUCCEEDED"), (0, "FAILED")])
def test_the_tolerated_count_counts(emu, name, bucket, count, status):
    definition = sweep(bucket, FAIL_SECOND, ToleratedFailureCount=count)
    assert run(emu, name, definition, event(bucket))["status"] == status


def test_the_result_writer_writes_the_files_of_its_manifest(emu, name, bucket):
    writer = {
        "Resource": "arn:aws:states:::s3:putObject",
        "Parameters": {"Bucket.$": "$.bucket", "Prefix.$": "States.Format('{}/results', $.key)"},
    }
    definition = sweep(bucket, FAIL_SECOND, ToleratedFailurePercentage=100, ResultWriter=writer)
    details = output(run(emu, name, definition, event(bucket)))["ResultWriterDetails"]
    assert details["Key"].startswith("runs/r1/accounts.json/results/")
    s3 = emu.client("s3", account=ACCOUNT)

    def read(key: str):
        return json.load(s3.get_object(Bucket=bucket, Key=key)["Body"])

    files = read(details["Key"])["ResultFiles"]
    (failed,) = read(files["FAILED"][0]["Key"])
    assert (failed["Status"], failed["Error"]) == ("FAILED", "AssumeRoleDenied")
    assert json.loads(failed["Input"])["account"] == "000000000002"
    assert len(read(files["SUCCEEDED"][0]["Key"])) == 2


def test_a_map_over_no_items_succeeds(emu, name, bucket):
    emu.client("s3", account=ACCOUNT).put_object(Bucket=bucket, Key="none", Body="[]")
    definition = sweep(bucket, passing())
    assert output(run(emu, name, definition, {"bucket": bucket, "key": "none"})) == []


def test_an_object_that_may_not_be_read_fails_the_reader(emu, name, bucket):
    role = create_role(emu, f"{name}-sm", allow("s3:ListBucket"))
    emu.enforce_iam()
    described = run(emu, name, sweep(bucket, passing()), event(bucket), role=role)
    assert described["error"] == "States.ItemReaderFailed"
    assert "AccessDenied" in described["cause"]


def test_a_long_map_with_one_worker_comes_to_an_end(emu, name):
    items = list(range(300))
    definition = sweep("", passing(), MaxConcurrency=1)
    state = definition["States"]["Sweep"]
    del state["ItemReader"], state["ItemSelector"]
    state["ItemsPath"] = "$.items"
    assert output(run(emu, name, definition, {"items": items})) == items
