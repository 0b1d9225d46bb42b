"""What the apps can make, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from cops.exports.models import Export

TYPES = {
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
LONGEST_NAME = 120


class ExportFault(Exception):
    """The document cannot be made, for a reason that the person understands; it is shown."""


class Progress(Protocol):
    def __call__(self, done: int, total: int, phase: str) -> None: ...


@dataclass(frozen=True)
class Made:
    """What a maker gives back: the name under which its file is downloaded.

    Raises ValueError for a name with a folder, a control character or an unknown suffix.
    """

    filename: str

    def __post_init__(self) -> None:
        suffix = PurePath(self.filename).suffix
        if suffix not in TYPES:
            raise ValueError(f"no type is known for {suffix or self.filename}")
        if len(self.filename) > LONGEST_NAME or PurePath(self.filename).name != self.filename:
            raise ValueError("a file name holds no folder and at most 120 characters")
        if not self.filename.isprintable():
            raise ValueError("a file name holds no control character")


Make = Callable[["Export", Progress], Made]
Guard = Callable[[Callable[..., Any]], Callable[..., Any]]


@dataclass(frozen=True)
class Kind:
    name: str
    label: str
    make: Make
    phases: Mapping[str, str]
    days: float
    downloads: int
    guard: Guard | None
    back: Callable[[Export], tuple[str, str]] | None = field(default=None)


_kinds: dict[str, Kind] = {}


def register_kind(
    kind: str,
    label: str,
    *,
    make: Make,
    phases: Mapping[str, str],
    days: float = 7,
    downloads: int = 0,
    guard: Guard | None = None,
    back: Callable[[Export], tuple[str, str]] | None = None,
) -> None:
    """Tell how a kind of document is made; called from an app's registrations.

    ``back(export)`` gives the words and the address of the page where it was asked for. Raises
    ValueError when the name is taken.
    """
    if kind in _kinds:
        raise ValueError(f"{kind} is an export already")
    _kinds[kind] = Kind(kind, label, make, dict(phases), days, downloads, guard, back)


def known_kind(name: str) -> Kind | None:
    """The kind of that name; None when its app is gone."""
    return _kinds.get(name)


def kind_forget(name: str) -> None:
    """For tests that register a kind of their own."""
    _kinds.pop(name, None)
