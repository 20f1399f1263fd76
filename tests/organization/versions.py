"""New versions of deployed functions, which their aliases then lead to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from organization.world import World


@contextmanager
def changed(world: World, *functions: str, **configuration: Any) -> Iterator[None]:
    """Publishes versions of functions with another configuration, for example ``Timeout=40``.
    In the end the aliases lead to the versions of before. Their processes are started anew."""
    client = world.client("lambda")
    before: list[tuple[str, str, str]] = []
    for name in (f"orgsweep-{function}" for function in functions):
        client.update_function_configuration(FunctionName=name, **configuration)
        version = client.publish_version(FunctionName=name)["Version"]
        for alias in client.list_aliases(FunctionName=name)["Aliases"]:
            before.append((name, alias["Name"], alias["FunctionVersion"]))
            client.update_alias(FunctionName=name, Name=alias["Name"], FunctionVersion=version)
    try:
        yield
    finally:
        for name, alias, version in before:
            client.update_alias(FunctionName=name, Name=alias, FunctionVersion=version)


def variables(world: World, function: str, **more: str) -> dict[str, Any]:
    """The ``Environment`` of a function with more variables."""
    name = f"orgsweep-{function}"
    now = world.client("lambda").get_function_configuration(FunctionName=name)["Environment"]
    return {"Variables": {**now["Variables"], **more}}
