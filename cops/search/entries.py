"""Writing the index: each app replaces or removes the rows of what it owns."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction

from cops.search.drafts import EntryDraft
from cops.search.models import SearchEntry
from cops.search.spelling import name_key, normalise, printable
from cops.search.words import words_add

# A tsvector holds 1 MB; a text that long is read by nobody.
BODY_LENGTH = 200_000
# Rows are written again when what is derived from a draft changes: raise it then.
FORM = "1"


def entries_replace(source: str, drafts: Iterable[EntryDraft]) -> None:
    """Make the rows of ``source`` those drafts: only what differs is written, all or nothing.

    Raises ValueError when a draft belongs to another source or when two have the same key.
    """
    wanted: dict[str, SearchEntry] = {}
    for draft in _families(list(drafts)):
        if draft[0].source != source:
            raise ValueError(f"draft of {draft[0].source} given for {source}")
        if draft[0].key in wanted:
            raise ValueError(f"two drafts of {source} have the key {draft[0].key!r}")
        wanted[draft[0].key] = _entry(*draft)
    rows = SearchEntry.objects.filter(source=source)
    present = dict(rows.values_list("key", "digest"))
    changed = [entry for key, entry in wanted.items() if present.get(key) != entry.digest]
    gone = present.keys() - wanted.keys()
    if not changed and not gone:
        return
    with transaction.atomic():
        if gone:
            rows.filter(key__in=gone).delete()
        if changed:
            SearchEntry.objects.bulk_create(
                changed,
                update_conflicts=True,
                unique_fields=["source", "key"],
                update_fields=_WRITTEN,
            )
            words_add(source)


def entries_remove(source: str) -> None:
    """Take everything of ``source`` out of the index."""
    SearchEntry.objects.filter(source=source).delete()


_WRITTEN = [
    field.name
    for field in SearchEntry._meta.concrete_fields
    if not field.generated and field.name not in {"id", "source", "key"}
]


def _families(drafts: list[EntryDraft]) -> list[tuple[EntryDraft, str]]:
    """Each draft with its document's kind; sections take what they share from the document."""
    document = next((draft for draft in drafts if not draft.key), None)
    if document is None:
        return [(draft, draft.kind) for draft in drafts]
    shared: dict[str, Any] = {
        name: getattr(document, name)
        for name in ("topics", "departments", "date", "visible_from", "visible_until")
    }
    return [
        (replace(draft, **shared, parent_title=draft.parent_title or document.title), document.kind)
        if draft.key
        else (draft, document.kind)
        for draft in drafts
    ]


def _shown(text: str) -> str:
    """What the page will show: accents composed, as the words to mark are."""
    return unicodedata.normalize("NFC", printable(text))


def _entry(draft: EntryDraft, family: str) -> SearchEntry:
    values = asdict(draft)
    form = json.dumps([FORM, family, values], default=str, sort_keys=True)
    title = _shown(draft.title)[:400]
    aliases = [_shown(alias)[:200] for alias in draft.aliases]
    summary = _shown(draft.summary)
    body = _shown(draft.body)[:BODY_LENGTH]
    return SearchEntry(
        **values
        | {
            "title": title,
            "parent_title": _shown(draft.parent_title)[:400],
            "summary": summary,
            "body": body,
            "aliases": aliases,
        },
        family=family,
        title_words=normalise(title, limit=None),
        # Below the title, or a term with ten synonyms would outrank every sheet.
        summary_words=normalise(". ".join([*aliases, summary]), limit=None),
        body_words=normalise(body, limit=None),
        names=f"| {' | '.join(name_key(name) for name in [title, *aliases])} |",
        digest=hashlib.blake2b(form.encode("utf-8", "replace"), digest_size=16).hexdigest(),
    )
