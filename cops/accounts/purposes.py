"""What the portal asks people's agreement for: one purpose, one text, one unticked box.

    register_purpose("letter", "La lettre du COPS", template="news/consents/letter.html")

The text is the template as people read it; changing a word of it makes a new version, and
what was said of the former one counts no more: the page « Mes accords » asks again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string

TERMS = "terms"


@dataclass(frozen=True, slots=True)
class Purpose:
    """``needed`` marks the terms of use: without them there is no account to withdraw them from."""

    key: str
    label: str
    template: str
    needed: bool = False

    def text(self) -> str:
        """The text to read, as HTML of ours."""
        return render_to_string(self.template)

    def digest(self) -> str:
        """Names this version of the text, whatever the spaces between its words."""
        return digest_of(self.text())


_purposes: dict[str, Purpose] = {}


def digest_of(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def register_purpose(key: str, label: str, *, template: str, needed: bool = False) -> Purpose:
    """Adds a purpose; raises ValueError when another one has this key."""
    purpose = Purpose(key, label, template, needed)
    if _purposes.setdefault(key, purpose) != purpose:
        raise ValueError(f"two purposes are named {key!r}")
    return purpose


def find_purpose(key: str) -> Purpose | None:
    return _purposes.get(key)


def purposes() -> Iterator[Purpose]:
    """The terms first, then each purpose in the order in which apps registered it."""
    yield from sorted(_purposes.values(), key=lambda purpose: not purpose.needed)
