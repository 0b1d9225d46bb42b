"""Every word of a resource as one plain dict, from which a page or a PDF can be made again.

``ResourceVersion.snapshot`` keeps it at each publication; a live resource is laid out
from a fresh one, so that a version printed today and in ten years follow the same way.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from resources.enums import Variant
from resources.models import PracticeStep, Reference, Resource, Section, Term, TermMark

# Raised when the shape changes; a reader fills what an older one has not (see EMPTY).
SCHEMA = 1

FIELDS = (
    "slug", "kind", "number", "title", "subtitle", "summary", "dimension", "topics",
    "audience", "audience_codes", "departments", "notice", "working_group", "contributors",
    "publishers", "methodology", "facts", "action", "partner_profiles", "places",
    "modalities", "training", "regulation", "skills", "grids", "workshops",
)  # fmt: skip
DATES = ("reviewed_on", "review_by", "falc_reviewed_on")
_TERM = ("slug", "term", "acronym", "definition", "falc")
REFERENCE_FIELDS = (
    "key", "type", "authors", "year", "title", "journal", "publisher", "details", "url",
)  # fmt: skip
_LISTS = (
    "topics", "audience", "audience_codes", "departments", "grids", "workshops",
    "contributors", "publishers", "partner_profiles", "places", "modalities", "training",
    "skills", "sections", "terms", "easy_terms", "references", "relations", "media", "attachments",
)  # fmt: skip
# What is drawn from the texts, or written again in plain keys by ``authored``.
_DERIVED = {"schema", "easy_terms", "references"}
# What a reader finds for a key that a snapshot lacks.
EMPTY: dict[str, Any] = {
    "schema": SCHEMA,
    "number": None,
    "facts": {},
    **dict.fromkeys(FIELDS[3:], ""),
    **dict.fromkeys(DATES, None),
    **{name: [] for name in _LISTS},
}


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def snapshot(resource: Resource) -> dict[str, Any]:
    """The resource as it stands: fields, sections of both variants, words, references, relations.

    JSON-able: dates are ISO strings. Eight statements at most, whatever the size.
    """
    sections = _sections(resource)
    return {
        "schema": SCHEMA,
        **{name: getattr(resource, name) for name in FIELDS},
        **{name: _day(getattr(resource, name)) for name in DATES},
        "sections": [_section(section) for section in sections],
        "terms": _terms(resource),
        "easy_terms": _easy_terms(sections),
        "references": [
            {name: getattr(reference, name) for name in REFERENCE_FIELDS}
            for reference in Reference.objects.filter(listed_in__resource=resource).order_by(
                "listed_in__position", "pk"
            )
        ],
        "relations": _relations(resource),
        "media": list(
            resource.media.values("title", "url", "host_name", "minutes", "transcript_html")
        ),
        "attachments": list(resource.attachments.values("title", "file", "media_type", "size")),
    }


def _sections(resource: Resource) -> list[Section]:
    steps = Prefetch("path__steps", PracticeStep.objects.order_by("number", "pk"))
    return list(
        resource.sections.select_related("path")
        .prefetch_related(steps)
        .order_by("-variant", "position", "pk")
    )


def _section(section: Section) -> dict[str, Any]:
    path = getattr(section, "path", None)
    return {
        "variant": section.variant,
        "anchor": section.anchor,
        "title": section.title,
        "level": section.level,
        "kind": section.kind,
        "source": section.source_html,
        "html": section.rendered_html,
        "path": path and {"title": path.title, "steps": [_step(s) for s in path.steps.all()]},
    }


def _step(step: PracticeStep) -> dict[str, Any]:
    return {
        "number": step.number,
        "title": step.title,
        "partner_label": step.partner_label,
        "professional_label": step.professional_label,
        "source": {
            "partner": step.partner_html,
            "professional": step.professional_html,
            "actions": step.actions_html,
        },
        "html": step.rendered,
    }


def _terms(resource: Resource) -> list[dict[str, str]]:
    """The words that the author lists, A–Z, each with its definition of the day."""
    rows = resource.terms.filter(archived_at__isnull=True).order_by("sort_key", "pk")
    return [dict(zip(_TERM, row, strict=True)) for row in rows.values_list(*_TERM)]


def _easy_terms(sections: list[Section]) -> list[dict[str, str]]:
    """The words marked in the easy text, listed by the author or not, A–Z."""
    easy = [section.pk for section in sections if section.variant == Variant.FALC]
    if not easy:
        return []
    marked = TermMark.objects.filter(section__in=easy, term=OuterRef("pk"))
    rows = Term.objects.public().filter(Exists(marked)).order_by("sort_key", "pk")
    return [dict(zip(_TERM, row, strict=True)) for row in rows.values_list(*_TERM)]


def _relations(resource: Resource) -> list[dict[str, Any]]:
    rows = resource.relations.order_by("position", "pk").values_list(
        "role", "target__slug", "target__title", "target__kind", "target__number"
    )
    names = ("role", "slug", "title", "kind", "number")
    return [dict(zip(names, row, strict=True)) for row in rows]


def authored(content: dict[str, Any]) -> dict[str, Any]:
    """A snapshot without what is derived: marks of terms, definitions and titles of others."""
    own = {key: value for key, value in content.items() if key not in _DERIVED}
    own["terms"] = [term["slug"] for term in content.get("terms", [])]
    own["relations"] = [[row["role"], row["slug"]] for row in content.get("relations", [])]
    own["references"] = [row["key"] for row in content.get("references", [])]
    own["sections"] = [_without_html(section) for section in content.get("sections", [])]
    return own


def _without_html(section: dict[str, Any]) -> dict[str, Any]:
    own = {key: value for key, value in section.items() if key != "html"}
    if path := section.get("path"):
        steps = [{k: v for k, v in step.items() if k != "html"} for step in path["steps"]]
        own["path"] = {"title": path["title"], "steps": steps}
    return own
