"""A mail to send is a row, written in the transaction of what it tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils import timezone

from cops.background import dispatch
from cops.mail.categories import category_of
from cops.mail.enums import State
from cops.mail.models import Message
from cops.mail.rendering import render
from cops.mail.suppressions import is_suppressed

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
SUPPRESSED = "L’adresse ne reçoit plus ces courriels."


def queue(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    category: str,
    dedupe_key: str,
    person: Any = None,
    reply_to: str = "",
) -> Message | None:
    """Write a mail into the outbox; it leaves once the caller's transaction commits.

    ``template``: ``"accounts/emails/code"`` for ``templates/accounts/emails/code.txt`` (its form
    is told in ``cops.mail.rendering``). ``category``: a declared one. ``dedupe_key``: the same
    key is sent once; the second call gives None. ``person``: the account it is about, if any.
    An address that no longer wants the category gets a row all the same, *skipped*.

    Raises ValueError for an address that is none, a header of two lines, an unknown category,
    a template without its subject.
    """
    kind = category_of(category)
    address = _address(to)
    if not dedupe_key or len(dedupe_key) > 200 or _CONTROL.search(dedupe_key):
        raise ValueError("a mail needs a key of 200 characters at most")
    subject, text = render(template, context)
    row: dict[str, Any] = {
        "to": address,
        "template": template,
        "subject": subject,
        "text": text,
        "category": kind.key,
        "bulk": kind.bulk,
        "person": person,
        "reply_to": _address(reply_to) if reply_to else "",
    }
    if is_suppressed(address, kind.key):
        row |= {"state": State.SKIPPED, "settled_at": timezone.now(), "text": ""}
        row["reason"] = SUPPRESSED
    message, new = Message.objects.get_or_create(dedupe_key=dedupe_key, defaults=row)
    if not new:
        return None
    if message.state == State.PREPARED:
        _wake_on_commit()
    return message


def _address(value: str) -> str:
    value = value.strip()
    try:
        validate_email(value)
    except ValidationError:
        # Never the address itself: an error is logged.
        raise ValueError("this is no address to write to") from None
    if len(value) > 254 or _CONTROL.search(value):
        raise ValueError("this is no address to write to")
    return value


def _wake() -> None:
    dispatch("cops.mail.send")


def _wake_on_commit() -> None:
    """One message to the workers per transaction, be it of one mail or of twenty thousand."""
    if not any(function is _wake for _, function, *_ in connection.run_on_commit):
        transaction.on_commit(_wake)
