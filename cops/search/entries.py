"""Writing the index: each app replaces or removes the rows of what it owns."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value
from django.db.models.expressions import CombinedExpression

from cops.search.drafts import EntryDraft
from cops.search.models import CONFIG, SearchEntry, SearchText
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
    wanted: dict[str, SearchText] = {}
    for draft in _families(list(drafts)):
        if draft[0].source != source:
            raise ValueError(f"draft of {draft[0].source} given for {source}")
        if draft[0].key in wanted:
            raise ValueError(f"two drafts of {source} have the key {draft[0].key!r}")
        wanted[draft[0].key] = _text(*draft)
    rows = SearchEntry.objects.filter(source=source)
    present = dict(rows.values_list("key", "digest"))
    changed = [text for key, text in wanted.items() if present.get(key) != text.entry.digest]
    gone = present.keys() - wanted.keys()
    if not changed and not gone:
        return
    with transaction.atomic():
        if gone:
            rows.filter(key__in=gone).delete()
        if changed:
            SearchEntry.objects.bulk_create(
                [text.entry for text in changed],
                update_conflicts=True,
                unique_fields=["source", "key"],
                update_fields=_WRITTEN,
            )
            SearchText.objects.bulk_create(
                changed,
                update_conflicts=True,
                unique_fields=["entry"],
                update_fields=["body", "words"],
            )
            words_add(source)


def entries_remove(source: str) -> None:
    """Take everything of ``source`` out of the index."""
    SearchEntry.objects.filter(source=source).delete()


_WRITTEN = [
    field.name
    for field in SearchEntry._meta.concrete_fields
    if field.name not in {"id", "source", "key", "uses"}
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


def _text(draft: EntryDraft, family: str) -> SearchText:
    """The row with its texts, neither written yet."""
    values = asdict(draft)
    form = json.dumps([FORM, family, values], default=str, sort_keys=True)
    title = _shown(draft.title)[:400]
    aliases = [_shown(alias)[:200] for alias in draft.aliases]
    summary = _shown(draft.summary)
    body = _shown(values.pop("body"))[:BODY_LENGTH]
    # Other names stand below the title, or a term with ten synonyms would outrank every sheet.
    words = [normalise(text, limit=None) for text in (title, ". ".join([*aliases, summary]), body)]
    entry = SearchEntry(
        **values
        | {
            "title": title,
            "parent_title": _shown(draft.parent_title)[:400],
            "summary": summary,
            "aliases": aliases,
        },
        family=family,
        names=f"| {' | '.join(name_key(name) for name in [title, *aliases])} |",
        digest=hashlib.blake2b(form.encode("utf-8", "replace"), digest_size=16).hexdigest(),
        vector=_vector(*words),
    )
    return SearchText(entry=entry, body=body, words=" ".join(words))


def _vector(title: str, summary: str, body: str) -> CombinedExpression:
    def weighted(words: str, weight: str) -> SearchVector:
        return SearchVector(Value(words), config=CONFIG, weight=weight)

    return weighted(title, "A") + weighted(summary, "B") + weighted(body, "D")
