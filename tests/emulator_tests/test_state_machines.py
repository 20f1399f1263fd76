"""The features of the States Language that the sweep uses, on real functions."""

import json

import pytest
from botocore.exceptions import ClientError

from emulator import Fault
from emulator_tests.conftest import (
    ACCOUNT,
    allow,
    code_of,
    create_function,
    create_role,
    invoking,
    one,
    output,
    run,
)


def passing(**fields) -> dict:
    return one({"Type": "Pass", "End": True, **fields})


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


def test_a_role_may_trust_step_functions_for_one_machine_only(emu, name):
    machine = f"arn:aws:states:us-east-1:{ACCOUNT}:stateMachine:{name}"
    trust = {
        "Effect": "Allow",
        "Principal": {"Service": "states.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {"ArnLike": {"aws:SourceArn": f"{machine}*"}},
    }
    document = {"Version": "2012-10-17", "Statement": [trust]}
    role = create_role(emu, name, allow("*"), trust=document)
    create = emu.client("stepfunctions", account=ACCOUNT).create_state_machine
    arguments = {"definition": json.dumps(passing()), "roleArn": role}
    assert code_of(create, name=name, **arguments) is None
    assert code_of(create, name=f"other-{name}", **arguments) == "AccessDeniedException"
