"""What can be done, each action with the words that a page shows."""

from __future__ import annotations

import re

_NAME = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_labels: dict[str, str] = {}


def register_action(name: str, label: str) -> None:
    """Declare an action, e.g. ``("resource.published", "Ressource publiée")``."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r}: an action is named « object.verb »")
    if _labels.setdefault(name, label) != label:
        raise ValueError(f"two actions are named {name}")


def actions() -> dict[str, str]:
    """Every declared action, name to French label."""
    return _labels


def label_of(name: str) -> str:
    """The French label; the name itself for an action that no longer exists."""
    return _labels.get(name, name)
