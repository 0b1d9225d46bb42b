"""The working text of a sheet in tests: opened as a form shows it, written, saved."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from resources.enums import DraftState, Status
from resources.models import Resource
from resources.services import publishing
from resources.services.drafts import Seen, draft_plan, draft_review, draft_save, working_text
from tests.resources import factories

PIECE = "section:standard:section-1"
TOMORROW = timedelta(days=1)


def published(**fields) -> Resource:
    made = factories.resource(status=Status.DRAFT, version=0, published_at=None, **fields)
    publishing.resource_publish(resource=made)
    return made


def opened(made, piece=PIECE) -> Seen:
    """What a form opened now shows."""
    return working_text(made).seen(piece)


def write(made, source="<p>Corrigé.</p>", *, seen=None, piece=PIECE, by=None, **more):
    """Open the form of a piece (or one that was opened before), write, save."""
    value = {"source": source, **more} if source is not None else more
    seen = seen or opened(made, piece)
    return draft_save(
        resource=made, piece=piece, value=value, seen=seen, label="L’enjeu", by=by
    )  # fmt: skip


def in_state(state: DraftState) -> Resource:
    made = published()
    write(made)
    if state == DraftState.IN_REVIEW:
        draft_review(resource=made, by=None)
    if state == DraftState.SCHEDULED:
        draft_plan(resource=made, at=timezone.now() + TOMORROW, by=None)
    return made
