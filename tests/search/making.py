"""A small index of our own, so that a test says itself what is found."""

from __future__ import annotations

from typing import Any

from cops.search import EntryDraft, entries_replace


def entry(name: str, title: str, body: str = "", **fields: Any) -> EntryDraft:
    """A document in the index; ``sections`` is a list of (anchor, title, body)."""
    sections = fields.pop("sections", [])
    kind = fields.pop("kind", "agir")
    url = fields.pop("url", f"/ressources/{name}/")
    source = f"tests:{name}"
    words = "\n".join([body, *(f"{heading} {text}" for _, heading, text in sections)])
    document = EntryDraft(source=source, kind=kind, title=title, body=words, url=url, **fields)
    drafts = [
        EntryDraft(
            source=source, key=key, kind="section", title=heading, body=text, url=f"{url}#{key}"
        )
        for key, heading, text in sections
    ]
    entries_replace(source, [document, *drafts])
    return document
