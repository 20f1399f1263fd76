"""Spares moto work that it repeats for each request; a request then takes a third of the time."""

from __future__ import annotations

import copy
import functools
import pickle
from typing import Any

from moto.core import responses
from moto.core.base_backend import BackendDict
from moto.core.model import MapShape
from moto.core.serialize import BaseJSONSerializer
from moto.dynamodb.parsing import validators
from moto.dynamodb.parsing.ast_nodes import DepthFirstTraverser, Node, UpdateExpression
from moto.dynamodb.parsing.expressions import UpdateExpressionParser
from moto.dynamodb.parsing.validators import ActionCountValidator
from moto.moto_server.werkzeug_app import DomainDispatcherApplication

_moto_serialize_map = BaseJSONSerializer._serialize_type_map


def install() -> None:
    """Remembers what cannot change while the emulator runs."""
    # moto looks at every method of a service's class
    responses.method_names_from_class = functools.cache(responses.method_names_from_class)
    # moto counts the clauses of an update expression again at each of its nodes
    ActionCountValidator.traverse = ActionCountValidator.verify_action_counts
    DepthFirstTraverser.nodes_to_be_processed = _kinds
    DepthFirstTraverser.traverse_node_recursively = _traverse
    # moto looks into a hundred folders
    DomainDispatcherApplication.get_backend_for_host = _remembering(  # type: ignore[method-assign]
        DomainDispatcherApplication.get_backend_for_host
    )
    # moto takes a lock that is held while some account's default VPCs are being made
    moto_getitem = BackendDict.__getitem__

    def getitem(self: BackendDict[Any], account_id: str) -> Any:
        if dict.__contains__(self, account_id):
            return dict.__getitem__(self, account_id)
        return moto_getitem(self, account_id)

    BackendDict.__getitem__ = getitem  # type: ignore[method-assign]
    # moto reads the same expressions again, and copies what it has read node by node
    UpdateExpressionParser.make = functools.cache(UpdateExpressionParser.make)
    validators.deepcopy = _copy
    # moto looks for every member of every attribute of every item under eight names
    BaseJSONSerializer._serialize_type_map = _serialize_map  # type: ignore[method-assign]


def _serialize_map(
    self: BaseJSONSerializer, serialized: Any, value: Any, shape: MapShape, key: str
) -> None:
    """As moto's; an item of DynamoDB is already what goes over the wire, unless it has bytes."""
    if getattr(shape.value, "name", "") == "AttributeValue" and _is_plain(value):
        self._default_serialize(serialized, value, shape, key)
    else:
        _moto_serialize_map(self, serialized, value, shape, key)


def _is_plain(value: Any) -> bool:
    """Whether an item or a part of it is nothing but text and truth values."""
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return isinstance(value, str | bool)


def _copy(value: Any) -> Any:
    """As ``copy.deepcopy``; of an expression that was copied before, in a tenth of the time."""
    if not isinstance(value, UpdateExpression):
        return copy.deepcopy(value)
    if "pickled" not in value.__dict__:
        value.pickled = pickle.dumps(value)
    return pickle.loads(value.pickled)


def _kinds(self: Any) -> tuple[type, ...]:
    """The kinds of nodes that a pass over an expression is about."""
    if "kinds" not in self.__dict__:
        self.kinds = tuple(self._processing_map())
    return self.kinds


def _traverse(self: Any, node: Any, child_id: int = -1) -> Any:
    """As moto's, which asks of each node again what kinds its class descends from."""
    if not _descends(type(node), Node):
        return node
    parent = node.parent
    for index, child in enumerate(node.children or ()):
        self.pre_processing_of_child(node, index)
        self.traverse_node_recursively(child, index)
    if _descends(type(node), self.nodes_to_be_processed()):
        node = self.process(node)
        node.parent = parent
        if parent:
            parent.children[child_id] = node
    return node


@functools.cache
def _descends(kind: type, kinds: Any) -> bool:
    return issubclass(kind, kinds)


def _remembering(find: Any) -> Any:
    known: dict[str | None, Any] = {}

    def get_backend_for_host(self: DomainDispatcherApplication, host: str | None) -> Any:
        if host not in known:
            known[host] = find(self, host)
        return known[host]

    return get_backend_for_host
