"""The HTML of a resource on paper, in its three forms, from a snapshot alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from cops.formats import date_fr, typography
from resources.documents.chapters import Part, chapters_of, lay_out_mission, marked_terms, texts_of
from resources.documents.cover import RUNNING_AT_MOST, RUNNING_AT_MOST_LARGE, Cover
from resources.documents.prose import Surroundings
from resources.enums import Dimension, Kind, Modality, Variant
from resources.models import PreparedDocument, Reference
from resources.reading.citations import citation
from resources.services.snapshots import EMPTY

Form = PreparedDocument.Form

# A contents list helps from this many chapters on; below, the pages turn faster than one reads it.
CONTENTS_FROM = 4
_ONLINE = "Lire en ligne, avec les définitions, et voir s’il existe une version plus récente"
_ONLINE_FALC = "Lire ce texte sur internet"
SHEETS = {Form.STANDARD: (), Form.LARGE: ("pdf-large",), Form.FALC: ("pdf-large", "pdf-falc")}


class Paper:
    """What the templates read: a snapshot, its version, its form."""

    def __init__(
        self, snapshot: Mapping[str, Any], *, number: int, published_at: datetime | None, form: str
    ) -> None:
        self.words: dict[str, Any] = {**EMPTY, **snapshot}
        self.number = number
        self.published_at = published_at
        self.form = Form(form)
        self.variant = Variant.FALC if self.is_falc else Variant.STANDARD

    @property
    def is_large(self) -> bool:
        return self.form == Form.LARGE

    @property
    def is_falc(self) -> bool:
        return self.form == Form.FALC

    @property
    def body_class(self) -> str:
        return f"{self.form.value} {self.words.get('kind', '')}"

    @property
    def style_sheets(self) -> list[str]:
        return [f"static:css/{name}.css" for name in ("pdf-tokens", "pdf", *SHEETS[self.form])]

    @property
    def cover(self) -> Cover:
        kind = "Facile à lire et à comprendre" if self.is_falc else self._kind()
        day = date_fr(self.published_at)
        return Cover(
            kind=kind,
            title=self.words["title"],
            subtitle="" if self.is_falc else self.words["subtitle"],
            summary="" if self.is_falc else self.words["summary"],
            audience=[] if self.is_falc else self.words["audience"],
            notice=self.words["notice"],
            reviewed_on=self.falc_reviewed_on if self.is_falc else None,
            version=f"Version {self.number} du {day}" if day else f"Version {self.number}",
            running=f"Version {self.number} · {day}" if day else f"Version {self.number}",
            made_on=self.published_at.isoformat() if self.published_at else "",
            address=self.address,
            code_address=f"{self.address}?v={self.number}",
            online=_ONLINE_FALC if self.is_falc else _ONLINE,
            running_at_most=RUNNING_AT_MOST
            if self.form == Form.STANDARD
            else RUNNING_AT_MOST_LARGE,
        )

    def _kind(self) -> str:
        label = _kind_label(self.words.get("kind", ""), self.words["number"])
        dimension = str(dict(Dimension.choices).get(self.words["dimension"], ""))
        return f"{label} · {dimension}" if dimension else label

    @property
    def is_mission(self) -> bool:
        return self.words.get("kind") == Kind.MISSION

    @property
    def is_sheet(self) -> bool:
        return self.words.get("kind") in (Kind.AGIR, Kind.MISSION, Kind.REPERE)

    @property
    def marks_terms(self) -> bool:
        """Whether a word defined at the end is underlined somewhere in the text."""
        return any(
            'class="term"' in text for chapter in self.chapters for text in texts_of(chapter)
        )

    @property
    def modalities(self) -> list[str]:
        labels = dict(Modality.choices)
        return [str(labels[code]) for code in self.words["modalities"] if code in labels]

    @property
    def falc_reviewed_on(self) -> date | None:
        day = self.words["falc_reviewed_on"]
        return date.fromisoformat(day) if day else None

    @property
    def address(self) -> str:
        """The page of this document, without the version: what one types from paper."""
        name = "resources:falc" if self.is_falc else "resources:detail"
        return settings.SITE_ORIGIN + reverse(name, args=[self.words["slug"]])

    @property
    def _sections(self) -> list[dict[str, Any]]:
        return [s for s in self.words["sections"] if s["variant"] == self.variant]

    @cached_property
    def chapters(self) -> list[Part]:
        around = Surroundings(
            origin=settings.SITE_ORIGIN,
            anchors={s["anchor"] for s in self._sections},
            terms={term["slug"] for term in self.terms},
        )
        chapters = chapters_of(self._sections, around, sheet_title=self.words["title"])
        if self.is_mission and not self.is_falc:
            for chapter in chapters:
                lay_out_mission(chapter)
        return chapters

    @property
    def contents(self) -> list[Part]:
        """The chapters of a contents list; none on a short document."""
        long = len(self.chapters) >= CONTENTS_FROM and not self.is_mission and not self.is_falc
        return self.chapters if long else []

    @cached_property
    def terms(self) -> list[dict[str, str]]:
        """The words that the document defines: those its author lists; in easy words, those its
        text marks. A version published before easy words were kept knows the listed ones alone.
        """
        if not self.is_falc:
            return self.words["terms"]
        rows = self.words["easy_terms"] or self.words["terms"]
        marked = {slug for s in self._sections for slug in marked_terms(s)}
        return [term for term in rows if term["falc"] and term["slug"] in marked]

    @property
    def references(self) -> list[tuple[SafeString, str]]:
        """Each reference with the address to print beside it, or an empty string."""
        if self.is_falc:
            return []
        return [(citation(Reference(**row)), row["url"]) for row in self.words["references"]]

    def relations(self, role: str) -> list[dict[str, Any]]:
        return [
            {
                **row,
                "label": _kind_label(row["kind"], row["number"]),
                "address": settings.SITE_ORIGIN + reverse("resources:detail", args=[row["slug"]]),
            }
            for row in self.words["relations"]
            if row["role"] == role
        ]

    @property
    def parts(self) -> list[dict[str, Any]]:
        return self.relations("part")

    @property
    def related(self) -> list[dict[str, Any]]:
        parts = {row["slug"] for row in self.parts}
        return [row for row in self.relations("related") if row["slug"] not in parts]


def _kind_label(kind: str, number: int | None) -> str:
    """« Fiche-mission n° 2 »."""
    label = typography(str(dict(Kind.choices).get(kind, "")))
    return f"{label} n°\u00a0{number}" if number else label


def trimmed(snapshot: Mapping[str, Any], visible: Set[str] | None) -> dict[str, Any]:
    """A snapshot as it comes back from the database, naming the visible resources alone."""
    words: dict[str, Any] = json.loads(json.dumps(snapshot))
    if visible is not None:
        words["relations"] = [r for r in words.get("relations", []) if r["slug"] in visible]
    return words


def sheet_html(
    snapshot: Mapping[str, Any],
    *,
    number: int,
    published_at: datetime | None,
    form: str = Form.STANDARD,
    visible: Set[str] | None = None,
) -> str:
    """The whole document of a resource as HTML for cops.pdf, the same for the same arguments.

    ``snapshot``: what resources.services.snapshots gave, today or years ago. ``form``: one of
    PreparedDocument.Form. ``visible``: the slugs of the related resources that may be named
    (all of them when it is None).
    """
    words = trimmed(snapshot, visible)
    paper = Paper(words, number=number, published_at=published_at, form=form)
    name = "falc" if paper.is_falc else "sheet"
    return render_to_string(
        f"resources/pdf/{name}.html",
        {"paper": paper, "cover": paper.cover, "it": paper.words, "site": settings.SITE},
    )
