"""The search itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Hit:
    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Results:
    total: int


def find(
    text: str,
    *,
    kinds: tuple[str, ...] = (),
    topics: tuple[str, ...] = (),
    page: int = 1,
    per_page: int = 20,
) -> Results:
    raise NotImplementedError
