"""All that the page of one resource shows, read in few statements whatever its size."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from cops.http.addresses import address
from resources.enums import Kind, Variant
from resources.models import ExternalMedia, Resource, ResourceRelation
from resources.reading.citations import citation_of
from resources.reading.sheet_rows import resource_row

# Words a minute, for a text read attentively: the slow end of what studies of silent
# reading in French find, since our readers may be tired.
_PACE = 180
# The section of a mission sheet whose parts are one audience each. Anchors never change.
ADDED_VALUE = "la-valeur-ajoutee"
# A title inside a section, as resources.services.rendering writes it.
_TITLE = re.compile(r'<h3 id="([^"]+)">(.*?)</h3>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
LANES = ("partner", "professional", "actions")
_BLOCKS = ("blockquote", "ul", "ol", "div", "table")


@dataclass
class Part:
    """A titled piece of a chapter; ``path_title`` is empty where it would say the title again."""

    anchor: str
    title: str
    html: SafeString
    steps: list[dict[str, Any]] = field(default_factory=list)
    path_title: str = ""


@dataclass
class Chapter(Part):
    """A section under the sheet's title, with its parts; ``cards`` sets them side by side."""

    parts: list[Part] = field(default_factory=list)
    cards: bool = False


@dataclass
class Sheet:
    """A resource as its page shows it, in one of its two variants."""

    resource: Resource
    # What came with it: see sheet_rows.resource_row.
    lists: dict[str, Any]
    variant: Variant
    chapters: list[Chapter]
    minutes: int

    @property
    def version(self) -> int:
        return self.lists["version_number"] or 1

    @property
    def updated_on(self) -> Any:
        return self.lists["version_date"] or self.resource.published_at

    @property
    def overdue(self) -> bool:
        """Whether the team promised to read it again before today; no promise, no banner."""
        by = self.resource.review_by
        return by is not None and by < timezone.localdate()

    @property
    def has_falc(self) -> bool:
        return self.lists["falc"]

    @cached_property
    def terms(self) -> list[dict[str, str]]:
        """The words listed, each with its address: one reversal for all of them."""
        base = address("resources:lexicon")
        return [{**row, "url": f"{base}{row['slug']}/"} for row in self.lists["term_rows"]]

    @cached_property
    def references(self) -> list[SafeString]:
        return [citation_of(row) for row in self.lists["reference_rows"]]

    @cached_property
    def attachments(self) -> list[dict[str, Any]]:
        """The attached files, each with its format in a word: « PDF », « DOCX »."""
        rows = self.lists["attachment_rows"]
        return [{**row, "format": row["file"].rpartition(".")[2].upper()} for row in rows]

    @cached_property
    def media(self) -> list[ExternalMedia]:
        return [ExternalMedia(**row) for row in self.lists["media_rows"]]

    @cached_property
    def related(self) -> list[dict[str, Any]]:
        """What to read next. A part of a guide is listed once, as a part."""
        parts = {row["slug"] for row in self.parts}
        return [
            row
            for row in self._relations(ResourceRelation.Role.RELATED)
            if row["slug"] not in parts
        ]

    @cached_property
    def parts(self) -> list[dict[str, Any]]:
        return self._relations(ResourceRelation.Role.PART)

    def _relations(self, role: str) -> list[dict[str, Any]]:
        labels = dict(Kind.choices)
        rows = [row for row in self.lists["relation_rows"] if row["role"] == role]
        base = address("resources:list")
        return [
            {**row, "kind_label": labels[row["kind"]], "url": f"{base}{row['slug']}/"}
            for row in rows
        ]

    def prepared(self, form: str) -> dict[str, Any] | None:
        """Pages and size of a PDF that has been made, to be said before the click."""
        return next((row for row in self.lists["prepared_rows"] if row["form"] == form), None)


def sheet_read(slug: str, user: Any, variant: Variant = Variant.STANDARD) -> Sheet | None:
    """The sheet at this address, or None when this reader may not see it; one statement."""
    found = resource_row(slug, variant, team=bool(getattr(user, "is_staff", False)))
    if found is None:
        return None
    resource, lists = found
    sections = lists["section_rows"]
    return Sheet(
        resource=resource,
        lists=lists,
        variant=variant,
        chapters=chapters_of(sections, resource),
        minutes=minutes_of(sections),
    )


def chapters_of(sections: list[dict[str, Any]], resource: Resource) -> list[Chapter]:
    chapters: list[Chapter] = []
    for section in sections:
        if section["level"] == 3 and chapters:
            chapters[-1].parts.append(Part(**_piece(section, resource, section["rendered_html"])))
            continue
        lead, parts = _split(section["rendered_html"])
        chapter = Chapter(**_piece(section, resource, lead), parts=parts)
        chapter.cards = (
            resource.kind == Kind.MISSION
            and chapter.anchor == ADDED_VALUE
            and len(parts) > 1
            and all(_is_whole(part.html) for part in parts)
        )
        chapters.append(chapter)
    return chapters


def _piece(section: dict[str, Any], resource: Resource, html: str) -> dict[str, Any]:
    title, path_title = section["title"], section["path_title"] or ""
    return {
        "anchor": section["anchor"],
        "title": title,
        "html": _safe(html),
        "steps": [_step(row) for row in section["steps"]],
        "path_title": "" if path_title in (title, resource.title) else path_title,
    }


def _step(row: dict[str, Any]) -> dict[str, Any]:
    lanes = {name: _safe(row["rendered"].get(name, "")) for name in LANES}
    return {**row, **lanes}


def _split(html: str) -> tuple[str, list[Part]]:
    """The text before the first title inside a section, then a part for each title."""
    lead, *rest = _TITLE.split(html)
    pieces = zip(rest[::3], rest[1::3], rest[2::3], strict=True)
    return lead, [
        Part(anchor, unescape(strip_tags(title)).strip(), _safe(text))
        for anchor, title, text in pieces
    ]


def _is_whole(html: str) -> bool:
    """Whether a part may be moved: a title inside a quotation or a list cuts it in two."""
    return all(html.count(f"<{tag}") == html.count(f"</{tag}") for tag in _BLOCKS)


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - cleaned when it was saved


def minutes_of(sections: list[dict[str, Any]]) -> int:
    texts: list[str] = []
    for section in sections:
        texts += [section["title"], section["rendered_html"]]
        texts += [text for step in section["steps"] for text in step["rendered"].values()]
    words = len(_TAG.sub(" ", " ".join(texts)).split())
    return max(1, round(words / _PACE))
