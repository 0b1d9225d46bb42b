"""Silent faults made loud: a misspelt template variable, a call to the outside."""

from __future__ import annotations

import ipaddress
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import engines
from django.template.base import FilterExpression, Node

LENIENT_FILTERS = {"default", "default_if_none"}


class UndefinedVariable(AssertionError):
    """A template of ours reads a name that its context does not hold."""


class Loud(str):
    """A value for `string_if_invalid` that raises for our templates and is empty for others'.

    Django asks `"%s" in value`, then `value % variable`; which template is being rendered
    is only known by the calling frames. `{% if %}`, `{% for %}` and `|default` stay lenient,
    as in Django itself: they are how an optional value is written.
    """

    __slots__ = ()

    def __mod__(self, variable: Any) -> str:
        frame = sys._getframe(1)
        expression, context = frame.f_locals.get("self"), frame.f_locals.get("context")
        if isinstance(expression, FilterExpression) and _lenient(expression):
            return _as_if_empty(expression, context)
        template = _rendered_template(frame)
        if _ours(template):
            raise UndefinedVariable(f"« {variable} » is undefined in {template}")
        return ""


def _lenient(expression: FilterExpression) -> bool:
    return any(
        getattr(function, "_filter_name", "") in LENIENT_FILTERS
        for function, _arguments in expression.filters
    )


def _as_if_empty(expression: FilterExpression, context: Any) -> Any:
    engine = context.template.engine
    loud, engine.string_if_invalid = engine.string_if_invalid, ""
    try:
        return expression.resolve(context)
    finally:
        engine.string_if_invalid = loud


def _rendered_template(frame: Any) -> str:
    # The node knows the file it was written in, even inside an include or a parent.
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return str(node.origin.name)
        frame = frame.f_back
    return ""


def _ours(template: str) -> bool:
    return bool(template) and Path(template).is_relative_to(settings.ROOT / "templates")


def forbid_undefined_variables() -> None:
    """From now on such a variable fails the test that renders it."""
    engines["django"].engine.string_if_invalid = Loud("%s")  # empty would be skipped


def forbid_the_outside() -> None:
    """From now on only loopback addresses and unix sockets can be reached from Python."""
    connect, connect_ex, resolve = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _check(self.family, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _check(self.family, address)
        return connect_ex(self, address)

    def guarded_resolve(host: Any, *arguments: Any, **options: Any) -> Any:
        if host is not None:
            _check(socket.AF_INET, (host,))
        return resolve(host, *arguments, **options)

    socket.socket.connect = guarded_connect  # type: ignore[method-assign]
    socket.socket.connect_ex = guarded_connect_ex  # type: ignore[method-assign]
    socket.getaddrinfo = guarded_resolve


def _check(family: int, address: Any) -> None:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return
    host = address[0].decode() if isinstance(address[0], bytes) else str(address[0])
    if host in {"", "localhost", "0.0.0.0", "::"} or host == socket.gethostname():
        return
    try:
        if ipaddress.ip_address(host.split("%")[0]).is_loopback:
            return
    except ValueError:
        pass
    raise AssertionError(f"a test tried to reach {host}: only loopback is allowed")
