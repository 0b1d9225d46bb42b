"""Every change of an export. All of them are conditional: two at once give one."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Least, Now

from cops.background import dispatch
from cops.exports.enums import STOPPED, Reason, State
from cops.exports.kinds import known_kind
from cops.exports.models import ATTEMPTS, Export
from cops.secrets import digest, random_name

logger = logging.getLogger("cops.exports")

PURPOSE = "cops.exports"
LEASE = timedelta(seconds=60)
STOPPED_KEPT = timedelta(days=30)
DISPATCHED = "cops.exports.make"


def request_export(
    *,
    kind: str,
    parameters: Mapping[str, Any],
    content_hash: str,
    owner: Any = None,
    secret: str = "",
) -> Export:
    """The export of this document for this person, made now or asked for before.

    ``parameters`` is JSON-able. Raises ValueError for a kind that nobody registered.
    """
    if known_kind(kind) is None:
        raise ValueError(f"no export is named {kind}")
    owner_id = owner.pk if owner is not None and owner.is_authenticated else None
    secret_hash = digest(secret, purpose=PURPOSE) if secret else ""
    wish = [kind, parameters, content_hash, owner_id, secret_hash]
    fingerprint = hashlib.sha256(json.dumps(wish, sort_keys=True).encode()).hexdigest()
    export = _live(fingerprint)
    while export is None:
        # Of two at once, one inserts and both read the same row. It may expire in between.
        Export.objects.bulk_create(
            [
                Export(
                    kind=kind,
                    parameters=dict(parameters),
                    content_hash=content_hash,
                    owner_id=owner_id,
                    secret_hash=secret_hash,
                    fingerprint=fingerprint,
                )
            ],
            ignore_conflicts=True,
        )
        export = _live(fingerprint)
        if export is not None:
            _call_worker(export)
    return export


def _live(fingerprint: str) -> Export | None:
    export = Export.objects.live().filter(fingerprint=fingerprint).first()
    if export is None or export.state != State.READY:
        return export
    if export.can_be_taken and default_storage.exists(export.file):
        return export
    export_expire(export=export)
    return None


def _call_worker(export: Export) -> None:
    """Ask a worker for it; the sweeper asks again, later and later, while none has answered."""
    pause = timedelta(seconds=60 * 2 ** min(export.asks, 6))
    Export.objects.filter(pk=export.pk).update(asks=F("asks") + 1, next_ask_at=Now() + pause)
    dispatch(DISPATCHED, export.pk)


def exports_call_workers() -> int:
    """Ask again for those that nobody makes: the message was lost, or its worker killed."""
    waiting = Export.objects.takeable().filter(next_ask_at__lte=Now()).order_by("pk")[:100]
    for export in waiting:
        _call_worker(export)
    return len(waiting)


def export_take(*, pk: int) -> Export | None:
    """The export, for this worker alone; None when another has it, or nothing is to be made.

    After three attempts that ended with their worker it is set aside for the team.
    """
    with transaction.atomic():
        export = Export.objects.takeable().select_for_update(skip_locked=True).filter(pk=pk).first()
        if export is None:
            return None
        if export.attempts >= ATTEMPTS:
            _stop(export, Reason.KILLED, "")
            logger.error("an export was set aside", extra={"export": export.pk})
            return None
        token = random_name()
        Export.objects.filter(pk=pk).update(
            state=State.MAKING,
            attempts=F("attempts") + 1,
            token=token,
            lease_until=Now() + LEASE,
            # Should this worker die, the sweeper asks as soon as the lease has run out.
            next_ask_at=Now() + LEASE,
            asks=0,
            done=0,
            total=0,
            phase="",
            reason="",
            words="",
        )
        return Export.objects.get(pk=pk)


def export_finish(*, export: Export, file: str, filename: str, size: int) -> bool:
    """The file is there. False when another worker has taken the export up meanwhile."""
    kind = known_kind(export.kind)
    days = kind.days if kind else 1
    return (
        _held(export).update(
            state=State.READY,
            file=file,
            filename=filename,
            size=size,
            done=F("total"),
            token="",
            lease_until=None,
            ready_at=Now(),
            expires_at=Now() + timedelta(days=days),
        )
        == 1
    )


def export_fail(*, export: Export, reason: Reason, words: str = "") -> bool:
    """It could not be made; set aside when that was the third time. ``words`` are shown."""
    return _stop(export, reason, words, token=export.token)


def _stop(export: Export, reason: Reason, words: str, token: str | None = None) -> bool:
    rows = Export.objects.filter(pk=export.pk, state=State.MAKING)
    if token is not None:
        rows = rows.filter(token=token)
    state = State.PARKED if export.attempts >= ATTEMPTS else State.FAILED
    return (
        rows.update(
            state=state,
            reason=reason,
            words=words[:300],
            token="",
            lease_until=None,
            expires_at=Now() + STOPPED_KEPT,
        )
        == 1
    )


def _held(export: Export) -> Any:
    return Export.objects.filter(pk=export.pk, state=State.MAKING, token=export.token)


def export_retry(*, export: Export, by_team: bool = False) -> bool:
    """Try again what stopped. What was set aside is tried again by the team alone."""
    states = STOPPED if by_team else {State.FAILED}
    changes: dict[str, Any] = {"attempts": 0} if by_team else {}
    again = Export.objects.filter(pk=export.pk, state__in=states).update(
        state=State.WAITING, reason="", words="", expires_at=None, asks=0, **changes
    )
    if again:
        export.refresh_from_db()
        _call_worker(export)
    return bool(again)


def export_count_download(*, export: Export) -> bool:
    """True if this download may go on: it is ready, in time, and not taken too often."""
    rows = Export.objects.filter(pk=export.pk, state=State.READY, expires_at__gt=Now())
    kind = known_kind(export.kind)
    if kind is not None and kind.downloads:
        rows = rows.filter(downloads__lt=kind.downloads)
    return rows.update(downloads=F("downloads") + 1) == 1


def export_expire(*, export: Export) -> None:
    """Take the file away. The row stays a while, so that its page can say what happened."""
    rows = Export.objects.live().filter(pk=export.pk).exclude(state=State.MAKING)
    expired = rows.update(
        state=State.EXPIRED, file="", expires_at=Least(Coalesce("expires_at", Now()), Now())
    )
    if expired and export.file:
        default_storage.delete(export.file)


def exports_expire_over() -> int:
    """Expire those whose time has passed. Gives how many, two hundred at most."""
    over = Export.objects.over().exclude(state=State.MAKING).order_by("expires_at")[:200]
    for export in over:
        export_expire(export=export)
    return len(over)
