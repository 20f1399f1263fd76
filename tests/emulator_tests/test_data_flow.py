"""Paths, intrinsic functions, the context object and JSONata."""

import pytest

from emulator_tests.conftest import output, run


def passing(**fields) -> dict:
    return {"StartAt": "First", "States": {"First": {"Type": "Pass", "End": True, **fields}}}


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
