from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cops.audit import record
from resources.enums import DraftState
from resources.models import DraftRevision, Resource, ResourceDraft, ResourceVersion
from resources.services.applying import fields_apply
from resources.services.cleaning import html_clean
from resources.services.comparing import take
from resources.services.contents import Content, content_from
from resources.services.drafts.pieces import (
    FIELDS,
    SHAPE,
    piece_put_back,
    piece_read,
    piece_write,
)
from resources.services.drafts.reading import Seen, Working, working_text

PLANNED = (
    "La publication de ce texte est prévue : il ne change plus."
    " Pour le corriger encore, reprenez-le d’abord ; rien de ce que vous avez écrit n’est perdu."
)


@dataclass
class MeanwhileError(Exception):
    """Somebody saved the same piece meanwhile: both texts, and who, and since when."""

    piece: str
    mine: dict[str, Any]
    theirs: dict[str, Any] | None
    base: dict[str, Any] | None
    who: Any
    when: datetime | None
    # What a form opened now would show: for the next try.
    now: Seen


@transaction.atomic
def draft_save(
    *,
    resource: Resource,
    piece: str,
    value: Mapping[str, Any],
    seen: Seen,
    label: str,
    by: Any,
) -> Working:
    """Save one piece of the working text; ``seen`` is what the form showed of it.

    ``value``: see ``piece_read``; rich text is cleaned here. Begins the working text when
    there is none. What somebody else changed since, elsewhere in the piece, is kept. Raises
    MeanwhileError when both changed one thing, or when the piece is no more. Raises
    ValidationError when the publication is planned, or the words cannot be kept.
    """
    working = _locked(resource)
    _may_write(working)
    value = _cleaned(value)
    content = working.content
    now = working.seen(piece)
    merged = _three_way(seen.value, value, now.value)
    if merged is None:
        raise MeanwhileError(
            piece=piece, mine=dict(value), theirs=now.value, base=seen.value, now=now,
            **_who(working, piece, seen),
        )  # fmt: skip
    new = piece_write(content, piece, merged)
    if piece == FIELDS:
        _check_fields(resource, new)
    return _write(working, new, piece=piece, label=label, by=by)


@transaction.atomic
def draft_change(
    *,
    resource: Resource,
    change: Callable[[Content], Content],
    label: str,
    by: Any,
    piece: str = SHAPE,
) -> Working:
    """Change the working text as it stands now: a section added, moved, taken out."""
    working = _locked(resource)
    _may_write(working)
    return _write(working, change(working.content), piece=piece, label=label, by=by)


@transaction.atomic
def draft_replace(*, resource: Resource, version: ResourceVersion, by: Any) -> Working:
    """Bring the whole of a former version back into the working text. Publishes nothing."""
    working = _locked(resource)
    _may_write(working)
    content = {**working.content, **content_from(version.snapshot)}
    label = f"Version {version.number}, reprise en entier"
    new = _write(working, content, piece=SHAPE, label=label, by=by)
    record(by, "draft.version_restored", resource, {"version": [None, version.number]})
    return new


@transaction.atomic
def draft_take(
    *,
    resource: Resource,
    version: ResourceVersion,
    seen: str,
    group: str,
    unit: str = "",
    row: int | None = None,
    by: Any,
) -> Working:
    """Bring one paragraph, one field or one section of a former version back.

    ``seen`` is the mark of the text that was compared; the places are those of
    resources.services.comparing. Raises ValidationError when the text moved since.
    """
    working = _locked(resource)
    _may_write(working)
    if seen != working.mark:
        raise ValidationError(
            "Le texte de travail a changé depuis cette comparaison : rien n’a été repris."
            " La voici à jour.",
            code="moved",
        )
    old = content_from(version.snapshot)
    content, what = take(old, working.content, group=group, unit=unit, row=row)
    label = f"Repris de la version {version.number} : {what}"
    new = _write(working, content, piece=group, label=label, by=by)
    record(by, "draft.paragraph_restored", resource, {"version": [None, version.number]})
    return new


def piece_keep(working: Working, piece: str) -> Content | None:
    """The content with a piece put back as it was when one began to write it."""
    if working.draft is None:
        return None
    for revision in working.draft.revisions.order_by("-number", "pk"):
        if piece_read(revision.content, piece) is not None:
            return piece_put_back(working.content, piece, revision.content)
    return piece_put_back(working.content, piece, working.draft.base)


def _locked(resource: Resource) -> Working:
    Resource.objects.select_for_update().only("pk").get(pk=resource.pk)
    return working_text(resource)


def _may_write(working: Working) -> None:
    if working.state == DraftState.SCHEDULED:
        raise ValidationError(PLANNED, code="planned")


def _three_way(
    base: Mapping[str, Any] | None, mine: Mapping[str, Any], theirs: Mapping[str, Any] | None
) -> dict[str, Any] | None:
    """My words with what only the other changed; None when both changed one, or it is gone."""
    if theirs is None:
        return None
    merged = dict(theirs)
    for name, words in mine.items():
        was, other = (base or {}).get(name), theirs.get(name)
        if words in (was, other):
            continue
        if isinstance(words, Mapping) and isinstance(other, Mapping) and isinstance(was, Mapping):
            inner = _three_way(was, words, other)
            if inner is None:
                return None
            merged[name] = inner
        elif other != was:
            return None
        else:
            merged[name] = words
    return merged


def _who(working: Working, piece: str, seen: Seen) -> dict[str, Any]:
    """Who saved the piece since, and when; nobody when it was published or written elsewhere."""
    if working.draft is None:
        return {"who": None, "when": None}
    rows = working.draft.revisions.select_related("saved_by").filter(pk__gt=seen.last)
    last = rows.filter(piece=piece).order_by("-number", "pk").first()
    last = last or rows.order_by("-number", "pk").first()
    return {"who": last and last.saved_by, "when": last and last.saved_at}


def _write(working: Working, content: Content, *, piece: str, label: str, by: Any) -> Working:
    draft = working.draft
    if draft is None:
        draft = ResourceDraft.objects.create(
            resource=working.resource, base=working.rows, revision=1, started_by=by
        )
        record(by, "draft.started", working.resource)
    else:
        draft.revision += 1
        draft.base = working.rows
        draft.save(update_fields=["revision", "base"])
    last = DraftRevision.objects.create(
        draft=draft, number=draft.revision, content=content, piece=piece, label=label[:300],
        saved_by=by,
    )  # fmt: skip
    record(by, "draft.saved", working.resource, {"passage": [None, label[:300]]})
    return Working(working.resource, draft, last)


def _cleaned(value: Mapping[str, Any]) -> dict[str, Any]:
    own = dict(value)
    if isinstance(own.get("source"), str):
        own["source"] = html_clean(own["source"])
    elif isinstance(own.get("source"), Mapping):
        own["source"] = {lane: html_clean(text) for lane, text in own["source"].items()}
    return own


def _check_fields(resource: Resource, content: Content) -> None:
    """The fields must be such that they can be published, number included."""
    trial = Resource.objects.get(pk=resource.pk)
    fields_apply(trial, content).full_clean(exclude=["sort_key", "status", "slug"])
