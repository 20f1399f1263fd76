"""The features of the States Language that the sweep uses, on real functions."""

import json
import time

import pytest
from botocore.exceptions import ClientError

from emulator import Fault
from emulator_tests.conftest import (
    ACCOUNT,
    allow,
    create_function,
    create_role,
    output,
    run,
)


def one(state: dict, **more: dict) -> dict:
    """A definition that starts with ``state``."""
    return {"StartAt": "First", "States": {"First": {**state, **more}}}


def passing(**fields) -> dict:
    return one({"Type": "Pass", "End": True, **fields})


def invoking(function: str, payload: dict, **fields) -> dict:
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": function, "Payload": payload},
        "ResultSelector": {"event.$": "$.Payload.echo"},
        "End": True,
        **fields,
    }


def test_a_task_invokes_a_function_and_selects_from_its_answer(emu, name):
    function = create_function(emu, name)
    task = invoking(function, {"who.$": "$.account", "run.$": "$$.Execution.Name"})
    answer = output(run(emu, name, one(task), {"account": "222222222222"}))
    assert answer["event"]["who"] == "222222222222"
    assert len(answer["event"]["run"]) == 36


def test_a_retry_repeats_only_the_named_error_and_then_succeeds(emu, name):
    function = create_function(emu, name)
    retry = {
        "ErrorEquals": ["Flaky"],
        "IntervalSeconds": 2,
        "BackoffRate": 2,
        "MaxAttempts": 3,
        "MaxDelaySeconds": 3,
        "JitterStrategy": "FULL",
    }
    task = invoking(function, {"fail_first": 2}, Retry=[retry])
    answer = output(run(emu, name, one(task)))
    assert answer["event"] == {"fail_first": 2}
    assert len(emu.calls(service="lambda", operation="Invoke")) == 3


def test_a_throttled_invocation_is_retried_by_lambdas_error_name(emu, name):
    function = create_function(emu, name)
    emu.faults.add(
        Fault("TooManyRequestsException", 429, service="lambda", operation="Invoke", times=2)
    )
    retry = {"ErrorEquals": ["Lambda.TooManyRequestsException"], "MaxAttempts": 3}
    assert output(run(emu, name, one(invoking(function, {"a": 1}, Retry=[retry]))))


def test_a_role_must_trust_step_functions(emu, name):
    nobody = {"Version": "2012-10-17", "Statement": []}
    role = create_role(emu, name, trust=nobody)
    states = emu.client("stepfunctions", account=ACCOUNT)
    for arn in (role, role + "-missing"):
        with pytest.raises(ClientError, match="AccessDeniedException"):
            states.create_state_machine(name=name, definition=json.dumps(passing()), roleArn=arn)


def test_an_error_that_is_not_named_is_not_retried(emu, name):
    function = create_function(emu, name)
    retry = {"ErrorEquals": ["Throttled"], "IntervalSeconds": 1, "MaxAttempts": 3}
    described = run(emu, name, one(invoking(function, {"error": "Denied"}, Retry=[retry])))
    assert (described["status"], described["error"]) == ("FAILED", "Denied")
    assert json.loads(described["cause"])["errorMessage"] == "as ordered"
    assert len(emu.calls(service="lambda", operation="Invoke")) == 1


def test_a_catch_keeps_the_input_and_adds_the_error(emu, name):
    function = create_function(emu, name)
    catch = {"ErrorEquals": ["States.ALL"], "ResultPath": "$.failure", "Next": "Gap"}
    task = invoking(function, {"error": "AssumeRoleDenied"}, Catch=[catch])
    definition = one(task)
    definition["States"]["Gap"] = {"Type": "Pass", "End": True}
    answer = output(run(emu, name, definition, {"account": "1"}))
    assert answer["account"] == "1"
    assert answer["failure"]["Error"] == "AssumeRoleDenied"


def test_a_function_that_times_out_can_be_caught_by_name(emu, name):
    function = create_function(emu, name, timeout=1)
    catch = {"ErrorEquals": ["Sandbox.Timedout"], "ResultPath": None, "Next": "Late"}
    definition = one(invoking(function, {"sleep": 20}, Catch=[catch]))
    definition["States"]["Late"] = {"Type": "Pass", "Result": "late", "End": True}
    assert output(run(emu, name, definition)) == "late"


def test_a_task_has_a_timeout_of_its_own(emu, name):
    function = create_function(emu, name)
    catch = {"ErrorEquals": ["States.Timeout"], "ResultPath": "$.failure", "Next": "Late"}
    definition = one(invoking(function, {"sleep": 20}, TimeoutSeconds=1, Catch=[catch]))
    definition["States"]["Late"] = {"Type": "Pass", "End": True}
    assert output(run(emu, name, definition))["failure"]["Error"] == "States.Timeout"


def test_a_loop_calls_a_function_until_nothing_is_next(emu, name):
    function = create_function(emu, name)
    definition = {
        "StartAt": "Audit",
        "States": {
            "Audit": invoking(
                function,
                {"page.$": "$.page"},
                ResultSelector={"page.$": "States.MathAdd($.Payload.echo.page, 1)"},
                Next="More",
            ),
            "More": {
                "Type": "Choice",
                "Choices": [{"Variable": "$.page", "NumericLessThan": 3, "Next": "Audit"}],
                "Default": "Done",
            },
            "Done": {"Type": "Succeed"},
        },
    }
    del definition["States"]["Audit"]["End"]
    assert output(run(emu, name, definition, {"page": 0})) == {"page": 3}
    assert len(emu.calls(service="lambda", operation="Invoke")) == 3


def test_a_choice_loops_until_nothing_is_next(emu, name):
    definition = {
        "StartAt": "Work",
        "States": {
            "Work": {
                "Type": "Pass",
                "Parameters": {"n.$": "States.MathAdd($.n, 1)"},
                "Next": "More",
            },
            "More": {
                "Type": "Choice",
                "Choices": [{"Variable": "$.n", "NumericLessThan": 40, "Next": "Work"}],
                "Default": "Done",
            },
            "Done": {"Type": "Succeed"},
        },
    }
    assert output(run(emu, name, definition, {"n": 0})) == {"n": 40}


def choosing(variable: str) -> dict:
    return {
        "StartAt": "Choose",
        "States": {
            "Choose": {
                "Type": "Choice",
                "Choices": [{"Variable": variable, "StringEquals": "a", "Next": "Done"}],
            },
            "Done": {"Type": "Succeed"},
        },
    }


def test_a_choice_without_a_match_fails_by_that_name(emu, name):
    described = run(emu, name, choosing("$.x"), {"x": "b"})
    assert (described["status"], described["error"]) == ("FAILED", "States.NoChoiceMatched")


def test_a_choice_on_a_missing_variable_fails(emu, name):
    described = run(emu, name, choosing("$.y"), {"x": "b"})
    assert (described["status"], described["error"]) == ("FAILED", "States.Runtime")


def test_presence_may_be_asked_of_a_missing_variable(emu, name):
    definition = choosing("$.x")
    definition["States"]["Choose"]["Choices"] = [
        {"Variable": "$.next", "IsPresent": True, "Next": "Wrong"}
    ]
    definition["States"]["Choose"]["Default"] = "Done"
    definition["States"]["Wrong"] = {"Type": "Fail"}
    assert output(run(emu, name, definition, {})) == {}


@pytest.mark.parametrize(
    ("intrinsic", "expected"),
    [
        ("States.Format('runs/{}/x.json', $.id)", "runs/r1/x.json"),
        ("States.ArrayLength($.list)", 3),
        ("States.ArrayGetItem($.list, 1)", 2),
        ("States.Array($.id, 1)", ["r1", 1]),
        ("States.ArrayPartition($.list, 2)", [[1, 2], [3]]),
        ("States.ArrayContains($.list, 3)", True),
        ("States.ArrayUnique($.list)", [1, 2, 3]),
        ("States.JsonToString($.map)", '{"k":"v"}'),
        ("States.StringToJson($.text)", {"a": 1}),
        ("States.JsonMerge($.map, $.other, false)", {"k": "v", "o": 1}),
        ("States.StringSplit('a,b', ',')", ["a", "b"]),
        ("States.MathAdd(1, 2)", 3),
        ("States.Base64Encode('hi')", "aGk="),
    ],
)
def test_intrinsics(emu, name, intrinsic, expected):
    event = {
        "id": "r1",
        "list": [1, 2, 3],
        "map": {"k": "v"},
        "other": {"o": 1},
        "text": '{"a": 1}',
    }
    assert output(run(emu, name, passing(Parameters={"x.$": intrinsic}), event))["x"] == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("$.a[0].b", 1),
        ("$.a[*].b", [1, 2]),
        ("$.a[1]", {"b": 2}),
        ("$.a[?(@.b > 1)].b", [2]),
        ("$..b", [1, 2]),
    ],
)
def test_a_definite_path_is_a_value_and_an_indefinite_one_a_list(emu, name, path, expected):
    event = {"a": [{"b": 1}, {"b": 2}]}
    assert output(run(emu, name, passing(Parameters={"x.$": path}), event))["x"] == expected


def test_a_path_that_leads_nowhere_fails(emu, name):
    described = run(emu, name, passing(Parameters={"x.$": "$.nothing"}), {})
    assert described["status"] == "FAILED"


def test_the_context_object_names_the_execution(emu, name):
    fields = {
        "id.$": "$$.Execution.Id",
        "name.$": "$$.Execution.Name",
        "start.$": "$$.Execution.StartTime",
        "machine.$": "$$.StateMachine.Name",
        "state.$": "$$.State.Name",
    }
    described = run(emu, name, passing(Parameters=fields))
    context = output(described)
    assert context["id"] == described["executionArn"]
    assert context["name"] == described["name"] == context["id"].rpartition(":")[2]
    assert context["start"].endswith("Z")
    assert (context["machine"], context["state"]) == (name, "First")


def test_an_output_that_is_text_is_json(emu, name):
    assert output(run(emu, name, passing(Result="plain"))) == "plain"


def test_a_machine_that_takes_too_long_times_out(emu, name):
    definition = one({"Type": "Wait", "Seconds": 30, "End": True})
    definition["TimeoutSeconds"] = 1
    assert run(emu, name, definition)["status"] == "TIMED_OUT"


def test_a_parallel_state_gathers_its_branches(emu, name):
    branches = [passing(Result=1), passing(Result=2)]
    definition = one({"Type": "Parallel", "Branches": branches, "End": True})
    assert output(run(emu, name, definition)) == [1, 2]


def test_an_inline_map_with_one_worker_does_not_exhaust_the_stack(emu, name):
    state = {
        "Type": "Map",
        "MaxConcurrency": 1,
        "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, **passing()},
        "End": True,
        "ItemsPath": "$.items",
    }
    items = list(range(600))
    assert output(run(emu, name, one(state), {"items": items})) == items


def test_a_refused_definition_does_not_spoil_the_next_one(emu, name):
    states = emu.client("stepfunctions", account=ACCOUNT)
    role = create_role(emu, f"{name}-bad")
    bad = {"QueryLanguage": "JSONata", **one({"Type": "Pass", "Parameters": {}, "End": True})}
    with pytest.raises(states.exceptions.InvalidDefinition):
        states.create_state_machine(name=f"{name}-bad", definition=json.dumps(bad), roleArn=role)
    assert output(run(emu, name, passing(Parameters={"x.$": "$.a"}), {"a": 1})) == {"x": 1}


def test_jsonata_is_evaluated(emu, name):
    definition = passing(Output="{% $states.input.a & '!' %}")
    definition["QueryLanguage"] = "JSONata"
    assert output(run(emu, name, definition, {"a": 'say "hi"'})) == 'say "hi"!'


def test_unnamed_executions_get_names_of_their_own(emu, name):
    first = run(emu, name, passing())
    states = emu.client("stepfunctions", account=ACCOUNT)
    machine = first["stateMachineArn"]
    second = states.start_execution(stateMachineArn=machine)["executionArn"]
    assert first["executionArn"] != second


def test_the_history_lists_the_events(emu, name):
    described = run(emu, name, passing())
    history = emu.client("stepfunctions", account=ACCOUNT).get_execution_history(
        executionArn=described["executionArn"]
    )
    kinds = [event["type"] for event in history["events"]]
    assert kinds == [
        "ExecutionStarted",
        "PassStateEntered",
        "PassStateExited",
        "ExecutionSucceeded",
    ]


def test_tasks_run_as_the_role_of_the_machine(emu, name):
    function = create_function(emu, name)
    role = create_role(emu, f"{name}-sm", allow("lambda:InvokeFunction", resource=function))
    emu.enforce_iam()
    definition = one(invoking(function, {}))
    assert output(run(emu, name, definition, role=role)) == {"event": {}}
    assert emu.calls(service="lambda", operation="Invoke")[0].role == role


def test_a_machine_whose_role_has_no_permission_fails(emu, name):
    function = create_function(emu, name)
    role = create_role(emu, f"{name}-sm", allow("lambda:InvokeFunction", resource=function + "x"))
    emu.enforce_iam()
    described = run(emu, name, one(invoking(function, {})), role=role)
    assert described["status"] == "FAILED"
    assert described["error"] == "Lambda.AccessDeniedException"


def test_an_sdk_task_reads_and_writes_json_objects(emu, name):
    emu.client("s3", account=ACCOUNT).create_bucket(Bucket=name)
    definition = {
        "StartAt": "Put",
        "States": {
            "Put": {
                "Type": "Task",
                "Resource": "arn:aws:states:::aws-sdk:s3:putObject",
                "Parameters": {"Bucket": name, "Key": "k", "Body": {"a": 1}},
                "Next": "Get",
            },
            "Get": {
                "Type": "Task",
                "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
                "Parameters": {"Bucket": name, "Key": "k"},
                "ResultSelector": {"body.$": "States.StringToJson($.Body)"},
                "End": True,
            },
        },
    }
    assert output(run(emu, name, definition)) == {"body": {"a": 1}}


def test_an_sdk_error_has_the_services_name(emu, name):
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
        "Parameters": {"Bucket": f"{name}-none", "Key": "k"},
        "End": True,
    }
    assert run(emu, name, one(task))["error"] == "S3.NoSuchBucketException"


def test_executions_of_an_hour_can_be_stopped(emu, name):
    states = emu.client("stepfunctions", account=ACCOUNT)
    definition = json.dumps(one({"Type": "Wait", "Seconds": 3600, "End": True}))
    machine = states.create_state_machine(
        name=name, definition=definition, roleArn=create_role(emu, f"{name}-sm")
    )["stateMachineArn"]
    execution = states.start_execution(stateMachineArn=machine)["executionArn"]
    states.stop_execution(executionArn=execution)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if states.describe_execution(executionArn=execution)["status"] == "ABORTED":
            return
        time.sleep(0.05)
    raise AssertionError("the execution did not stop")
