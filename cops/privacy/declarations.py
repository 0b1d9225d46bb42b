"""What is said of a model that holds personal data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

Purge = Callable[[int], int]
OfPerson = Callable[[Any], int]
Say = Callable[[Any], str]


class Basis(Enum):
    """Why the law allows it (article 6 of the RGPD), in words a person understands."""

    CONTRACT = "Pour vous rendre le service demandé (article 6.1.b du RGPD)"
    CONSENT = "Parce que vous êtes d’accord (article 6.1.a du RGPD)"
    EXPLICIT = "Parce que vous avez dit oui, expressément (articles 6.1.a et 9.2.a du RGPD)"
    LEGITIMATE = "Pour faire vivre le portail (intérêt légitime, article 6.1.f du RGPD)"
    SECURITY = "Pour la sécurité du portail (articles 6.1.f et 32 du RGPD)"
    LEGAL = "Parce que la loi le demande (article 6.1.c du RGPD)"


@dataclass(frozen=True)
class Retention:
    """How long: the words of the page, and what makes them true each night.

    ``days`` counts from the field ``since``. ``purge(limit)`` is for what is not that simple.
    """

    words: str
    days: int | None = None
    since: str = ""
    purge: Purge | None = None

    def __post_init__(self) -> None:
        if (self.days is None) != (not self.since):
            raise ValueError("days and since go together")
        if self.days is not None and self.purge is not None:
            raise ValueError("either days or purge")


@dataclass(frozen=True)
class Delete:
    """The rows go with the person."""

    words: str = "Effacé."


DELETE = Delete()


@dataclass(frozen=True)
class Kept:
    """The rows stay as they are; only for what names nobody once the account is erased."""

    words: str


@dataclass(frozen=True, init=False)
class Anonymise:
    """The rows stay, without what tells who: ``Anonymise("pourquoi", author=None)``."""

    words: str
    values: Mapping[str, Any]

    def __init__(self, words: str, **values: Any) -> None:
        if not values:
            raise ValueError("what is emptied?")
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "values", values)


@dataclass(frozen=True)
class Erase:
    """Done by a function of the app, inside the transaction."""

    words: str
    run: OfPerson


Erasure = Delete | Kept | Anonymise | Erase


@dataclass(frozen=True, kw_only=True)
class Declaration:
    model: str
    title: str
    people: str
    purpose: str
    basis: Basis
    retention: Retention
    erasure: Erasure
    recipients: str
    person: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    address: str = ""
    nobody: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    withheld: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Say] = field(default_factory=dict)
    hide: OfPerson | None = None
    show: OfPerson | None = None
    order: int = 50

    def __post_init__(self) -> None:
        if not (self.person or self.address or self.nobody):
            raise ValueError(f"{self.model}: who does it tell of?")
        if self.where and not self.person:
            raise ValueError(f"{self.model}: where narrows person, which is not given")
        if unknown := self.words.keys() - self.fields.keys():
            raise ValueError(f"{self.model}: {unknown} are not told")
        for name in ("title", "people", "purpose"):
            if not getattr(self, name).strip():
                raise ValueError(f"{self.model}: {name} is empty")
