"""Who did what to which object, and when. Written in the transaction of the change itself.

- `register_action("resource.published", "Ressource publiée")`, in an app's `registrations.py`:
  every action has a name with dots and a French label;
- `record(actor, action, obj, changes=None)` in a service, next to the change: `actor` is a
  user, or None for the portal itself and for a person without an account; `changes` is
  `{"field": [old, new]}`, JSON-able, empty by default;
- `trail(obj)` gives the entries of an object, the last first, for a page
  (`templates/cops/audit/_trail.html` shows them);
- `entries_erase_old(limit)` and `entries_empty(obj)` are the only ways to take something
  away, for the retention and for the erasure of a person: Postgres refuses all others.

Loaded at first use: an app's package is imported before models can be.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cops.audit.actions import register_action
    from cops.audit.erasing import entries_empty, entries_erase_old
    from cops.audit.recording import record
    from cops.audit.trails import trail

__all__ = ["entries_empty", "entries_erase_old", "record", "register_action", "trail"]

_HOME = {
    "entries_empty": "erasing",
    "entries_erase_old": "erasing",
    "record": "recording",
    "register_action": "actions",
    "trail": "trails",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"cops.audit.{_HOME[name]}"), name)
