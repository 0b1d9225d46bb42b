"""The outbox: a mail is a row written in the caller's transaction; a worker sends it.

- `register_category("account", "Votre compte", bulk=False)`, in an app's `registrations.py`;
  `bulk=True` for what goes to many who may say no, `keep_days=0` for what holds a code (its
  text is erased as soon as it left, else after 30 days), `forget=True` for what leaves nothing
  behind once it is settled, not even the address;
- `queue(to=…, template="accounts/emails/code", context=…, category="account",
  dedupe_key=…, person=None, reply_to="")`, in a typed function of the app's `emails.py`;
  gives the row, or None when that key was queued already;
- `oldest_wait()` gives how long the mail that should have left first has been waiting
  (a timedelta; zero when none is), for the operator.

Loaded at first use: an app's package is imported before models can be.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cops.mail.categories import register_category
    from cops.mail.queueing import queue
    from cops.mail.sweeping import oldest_wait

__all__ = ["oldest_wait", "queue", "register_category"]

_HOME = {"oldest_wait": "sweeping", "queue": "queueing", "register_category": "categories"}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"cops.mail.{_HOME[name]}"), name)
