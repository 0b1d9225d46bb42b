"""How long becomes true: each night, what has been kept long enough is erased."""

from __future__ import annotations

import logging
import os
import time
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from cops.privacy.declarations import Declaration
from cops.privacy.models import PurgeRun
from cops.privacy.reading import model_of
from cops.privacy.registry import declaration_of, declarations

BATCH = 500  # rows of one statement: short locks
NIGHT = 20_000  # rows of one model in one night: a wrong date erases no whole table unseen
SECONDS = 90.0
RUNS_KEPT = timedelta(days=400)

logger = logging.getLogger("cops.privacy")


def retention_is_stopped() -> bool:
    """True while a person holds the erasing back: the setting, or the file, says so."""
    return settings.RETENTION_STOPPED or os.path.exists(settings.RETENTION_STOP_FILE)


def retained_models() -> list[str]:
    """The models that something is erased of each night."""
    return [
        one.model
        for one in declarations()
        if one.retention.days is not None or one.retention.purge is not None
    ]


def model_retain(*, model: str) -> PurgeRun | None:
    """Erase what is too old of one model, in batches. None when held back, or not declared."""
    one = declaration_of(model)
    if one is None or retention_is_stopped():
        return None
    run = PurgeRun(model=model)
    until = time.monotonic() + SECONDS
    try:
        while not run.unfinished:
            erased = _erase_batch(one)
            run.erased += erased
            if erased < BATCH:
                break
            run.unfinished = run.erased >= NIGHT or time.monotonic() > until
    except Exception:
        logger.exception("the retention of %s failed", model)
        run.failed = True
    run.save()
    PurgeRun.objects.filter(ran_at__lt=timezone.now() - RUNS_KEPT).delete()
    return run


def _erase_batch(one: Declaration) -> int:
    if one.retention.purge is not None:
        return one.retention.purge(BATCH)
    limit = timezone.now() - timedelta(days=one.retention.days or 0)
    rows = model_of(one)._base_manager.filter(**{f"{one.retention.since}__lt": limit})
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    rows.filter(pk__in=keys).delete()
    return len(keys)
