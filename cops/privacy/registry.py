"""Every declaration, in the order of the public page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cops.privacy.declarations import Basis, Declaration, Erasure, OfPerson, Retention, Say

TEAM = "L’équipe du COPS"

_declarations: dict[str, Declaration] = {}
_exempt: dict[str, str] = {}


def declare(
    model: str,
    *,
    title: str,
    people: str,
    purpose: str,
    basis: Basis,
    retention: Retention,
    erasure: Erasure,
    recipients: str = TEAM,
    person: str = "",
    where: Mapping[str, Any] | None = None,
    address: str = "",
    nobody: str = "",
    fields: Mapping[str, str] | None = None,
    withheld: Mapping[str, str] | None = None,
    words: Mapping[str, Say] | None = None,
    hide: OfPerson | None = None,
    show: OfPerson | None = None,
    order: int = 50,
) -> None:
    """Declare ``model`` (``"app.Name"``); see the package. The lowest ``order`` is told first.

    ``words`` says the value of a field as a person reads it, where it is a code or HTML.
    Raises ValueError when it is declared already, or says too little.
    """
    if model in _declarations:
        raise ValueError(f"{model} is declared already")
    _declarations[model] = Declaration(
        model=model, title=title, people=people, purpose=purpose, basis=basis,
        retention=retention, erasure=erasure, recipients=recipients, person=person,
        where=where or {}, address=address, nobody=nobody, fields=fields or {},
        withheld=withheld or {},
        words=words or {}, hide=hide, show=show, order=order,
    )  # fmt: skip


def exempt(model: str, reason: str) -> None:
    """Say why a model with a link to a person or an e-mail address holds no personal data."""
    if not reason.strip():
        raise ValueError(f"{model}: why?")
    _exempt[model] = reason


def declarations() -> list[Declaration]:
    """In the order of the page: by ``order``, then as the apps are installed."""
    return sorted(_declarations.values(), key=lambda one: one.order)


def declaration_of(model: str) -> Declaration | None:
    return _declarations.get(model)


def exemptions() -> dict[str, str]:
    return dict(_exempt)
