"""What the team decides about mails that wait for a person, each decision in the journal."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cops.audit import record
from cops.background import dispatch
from cops.mail.enums import WAITING, State
from cops.mail.models import Message, Suppression
from cops.mail.suppressions import address_hashes

LEFT = "L’équipe a choisi de ne pas l’envoyer."


def parked() -> QuerySet[Message]:
    """What waits for a person: tried five times, or sent in number and uncertain."""
    return Message.objects.filter(state__in=WAITING, not_before=None)


def message_send_again(*, public_id: str, by: Any) -> bool:
    """Try it again from the start; False when it waits for nobody (any more)."""
    return _decide(parked().filter(public_id=public_id), by) == 1


def messages_send_again(*, by: Any) -> int:
    """Try again all that five tries did not send. The uncertain are decided one by one."""
    return _decide(parked().filter(state=State.RETRY), by)


def _decide(rows: QuerySet[Message], by: Any) -> int:
    with transaction.atomic():
        found = list(rows.select_for_update().order_by("pk"))
        for message in found:
            change = [message.state, State.PREPARED]
            message.state, message.attempts = State.PREPARED, 0
            message.not_before = timezone.now()
            message.save(update_fields=["state", "attempts", "not_before"])
            record(by, "mail.sent_again", message, {"state": change})
        if found:
            dispatch("cops.mail.send")
    return len(found)


def message_leave(*, public_id: str, by: Any) -> bool:
    """Give it up, its text too; False when it waits for nobody (any more)."""
    with transaction.atomic():
        message = parked().filter(public_id=public_id).select_for_update().first()
        if message is None:
            return False
        change = [message.state, State.SKIPPED]
        message.state, message.reason, message.text = State.SKIPPED, LEFT, ""
        message.settled_at = timezone.now()
        message.save(update_fields=["state", "reason", "text", "settled_at"])
        record(by, "mail.left", message, {"state": change})
    return True


def suppression_lift_by_team(*, address: str, category: str, by: Any) -> bool:
    """Write to this address again; the journal knows who decided it, and not the address."""
    with transaction.atomic():
        found = Suppression.objects.filter(
            address_hash__in=address_hashes(address), category=category
        ).select_for_update()
        lifted = list(found)
        for suppression in lifted:
            change = {"category": [category, ""], "reason": [suppression.reason, ""]}
            record(by, "mail.suppression_lifted", suppression, change)
        found.delete()
    return bool(lifted)
