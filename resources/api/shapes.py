"""From rows of the library to the plain dicts of the API, as ``serializers`` describes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models

from cops.api.pagination import Row
from cops.audiences import Audience
from cops.formats import NBSP
from cops.http.addresses import address
from cops.territory import Department
from cops.topics import Topic
from resources.enums import Dimension, Kind, Modality, TermCategory, Variant
from resources.models import PreparedDocument, Reference, Resource, Term
from resources.reading.citations import citation_of
from resources.reading.facts import facts_shown
from resources.reading.sheet import Sheet

Form = PreparedDocument.Form
_LABELS: dict[type[models.TextChoices], dict[str, str]] = {
    listed: {code: str(label) for code, label in listed.choices}
    for listed in (Kind, Topic, Audience, Dimension, Department, Modality, TermCategory)
}
_LINK = re.compile(r'(<(?:a|img)\b[^<>]*?\s(?:href|src)=")(?=/(?!/))')
_REFERENCE = ("type", "authors", "year", "title", "journal", "publisher", "details", "url")
_UNDECIDED = (
    "La licence de réutilisation n’est pas encore arrêtée par le COPS"
    f"{NBSP}: citez la source, gardez le lien, et écrivez-nous avant de republier un texte."
)


def absolute(path: str) -> str:
    """An address of ours as another site must write it."""
    return settings.SITE_ORIGIN + path


def licence() -> dict[str, str]:
    """Under what terms the contents may be used again; no name as long as none is decided."""
    name, url = settings.SITE["licence"], settings.SITE["licence_url"]
    return {
        "name": name,
        "url": url or absolute(address("pages:legal")),
        "notice": "" if name else _UNDECIDED,
    }


def resource_card(row: Row) -> dict[str, Any]:
    """One resource in a list."""
    slug = row["slug"]
    return {
        "slug": slug,
        "kind": _coded(Kind, row["kind"]),
        "number": row["number"],
        "title": row["title"],
        "subtitle": row["subtitle"],
        "summary": row["summary"],
        "topics": _all(Topic, row["topics"]),
        "audience": row["audience"],
        "audiences": _all(Audience, row["audience_codes"]),
        "dimension": _coded(Dimension, row["dimension"]) if row["dimension"] else None,
        "departments": _all(Department, row["departments"]),
        "modalities": _all(Modality, row["modalities"]),
        "published_at": row["published_at"],
        "reviewed_on": row["reviewed_on"],
        "review_by": row["review_by"],
        "version": row["version_number"] or 1,
        "has_falc": row["falc"],
        "url": absolute(address("resources:detail", slug)),
        "api_url": absolute(address("api:resource", slug)),
        "pdf": {
            "url": absolute(address("resources:pdf", slug)),
            "pages": row["pdf_pages"],
            "size": row["pdf_size"],
        },
    }


def resource_whole(row: Row, sheet: Sheet, sections: list[Row]) -> dict[str, Any]:
    """One resource with all that its page says. ``row`` is that of the list."""
    resource = sheet.resource
    return {
        **resource_card(row),
        "updated_at": sheet.updated_on,
        "licence": licence(),
        "notice": resource.notice,
        "working_group": resource.working_group,
        "contributors": resource.contributors,
        "publishers": resource.publishers,
        "methodology": resource.methodology,
        "facts": [{"label": label, "value": value} for label, value in facts_shown(resource.facts)],
        "mission": _mission(resource),
        "sections": _sections(sections, Variant.STANDARD),
        "falc": _falc(sheet, sections),
        "large_print": _pdf(sheet, Form.LARGE),
        "terms": [
            {"slug": row["slug"], "term": row["term"], **_term_urls(row["slug"])}
            for row in sheet.lists["term_rows"]
        ],
        "references": [_reference(row) for row in sheet.lists["reference_rows"]],
        "related": [_related(row) for row in sheet.related],
        "parts": [_related(row) for row in sheet.parts],
        "attachments": [_attachment(resource.slug, row) for row in sheet.attachments],
        "media": [
            {
                "title": one.title,
                "url": one.url,
                "host": one.host_name,
                "minutes": one.minutes,
                "transcript_html": _outside(one.transcript_html),
            }
            for one in sheet.media
        ],
    }


def term_card(row: Row) -> dict[str, Any]:
    """One word in a list."""
    return {
        "slug": row["slug"],
        "term": row["term"],
        "acronym": row["acronym"],
        "category": _coded(TermCategory, row["category"]),
        "definition": row["definition"],
        "falc": row["falc"],
        "falc_reviewed_on": row["falc_reviewed_on"],
        "synonyms": row["synonyms"],
        "preferred": row["preferred"],
        "instead_of": row["instead_of"],
        **_term_urls(row["slug"]),
    }


def term_whole(term: Term) -> dict[str, Any]:
    """One word with the words it sends to and its sources."""
    return {
        **term_card({field.attname: getattr(term, field.attname) for field in term._meta.fields}),
        "licence": licence(),
        "see_also": [
            {"slug": other.slug, "term": other.term, **_term_urls(other.slug)}
            for other in term.see_also.all()
        ],
        "sources": [_reference(_reference_row(source)) for source in term.sources.all()],
    }


def _coded(listed: type[models.TextChoices], code: str) -> dict[str, str]:
    return {"code": code, "label": _LABELS[listed].get(code, code)}


def _all(listed: type[models.TextChoices], codes: Iterable[str]) -> list[dict[str, str]]:
    return [_coded(listed, code) for code in codes]


def _outside(html: str) -> str:
    """The HTML with the addresses of our own pages whole; it was cleaned when it was saved."""
    return _LINK.sub(rf"\g<1>{settings.SITE_ORIGIN}", html)


def _pdf(sheet: Sheet, form: str) -> dict[str, Any]:
    made = sheet.prepared(form) or {}
    return {
        "url": absolute(address("resources:pdf_form", sheet.resource.slug, form)),
        "pages": made.get("pages"),
        "size": made.get("size"),
    }


def _mission(resource: Resource) -> dict[str, Any] | None:
    if resource.kind != Kind.MISSION:
        return None
    return {
        "action": resource.action,
        "partner_profiles": resource.partner_profiles,
        "places": resource.places,
        "training": [
            {"name": row.get("name", ""), "required": bool(row.get("required"))}
            for row in resource.training
        ],
        "regulation": resource.regulation,
        "skills": resource.skills,
    }


def _falc(sheet: Sheet, sections: list[Row]) -> dict[str, Any] | None:
    if not sheet.has_falc:
        return None
    return {
        "reviewed_on": sheet.resource.falc_reviewed_on,
        "url": absolute(address("resources:falc", sheet.resource.slug)),
        "pdf": _pdf(sheet, Form.FALC),
        "sections": _sections(sections, Variant.FALC),
    }


def _sections(rows: list[Row], variant: Variant) -> list[dict[str, Any]]:
    return [
        {
            "anchor": row["anchor"],
            "title": row["title"],
            "level": row["level"],
            "html": _outside(row["source_html"]),
            "path": _path(row) if row["path_title"] is not None else None,
        }
        for row in rows
        if row["variant"] == variant
    ]


def _path(row: Row) -> dict[str, Any]:
    return {
        "title": row["path_title"],
        "steps": [
            {
                "number": step["number"],
                "title": step["title"],
                "partner": {
                    "label": step["partner_label"],
                    "html": _outside(step["partner_html"]),
                },
                "professional": {
                    "label": step["professional_label"],
                    "html": _outside(step["professional_html"]),
                },
                "together_html": _outside(step["actions_html"]),
            }
            for step in row["steps"]
        ],
    }


def _term_urls(slug: str) -> dict[str, str]:
    return {
        "url": absolute(address("resources:term", slug)),
        "api_url": absolute(address("api:term", slug)),
    }


def _reference_row(reference: Reference) -> Row:
    return {name: getattr(reference, name) for name in _REFERENCE}


def _reference(row: Row) -> dict[str, Any]:
    return {**{name: row[name] for name in _REFERENCE}, "citation_html": citation_of(row)}


def _related(row: Row) -> dict[str, Any]:
    return {
        "slug": row["slug"],
        "title": row["title"],
        "kind": _coded(Kind, row["kind"]),
        "url": absolute(address("resources:detail", row["slug"])),
        "api_url": absolute(address("api:resource", row["slug"])),
    }


def _attachment(slug: str, row: Row) -> dict[str, Any]:
    return {
        "title": row["title"],
        "url": absolute(address("resources:attachment", slug, row["id"])),
        "media_type": row["media_type"],
        "size": row["size"],
        "pages": row["pages"],
    }
