"""The one statement of a sheet: the resource, its small lists, its sections with their steps.

One, whatever the size, written once per process (resources.reading.statements).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from resources.filters import has_falc
from resources.models import (
    Attachment,
    ExternalMedia,
    PracticeStep,
    PreparedDocument,
    Resource,
    ResourceReference,
    ResourceRelation,
    ResourceTerm,
    ResourceVersion,
    Section,
)
from resources.reading.links import linked_rows
from resources.reading.statements import Statement

_SLUG, _VARIANT = "\x01slug", "\x01variant"
_REFERENCE = ("type", "authors", "year", "title", "journal", "publisher", "details", "url")
_RELATION = ("slug", "title", "kind", "number", "summary")
_STEP = ("number", "title", "partner_label", "professional_label", "rendered")


def resource_row(slug: str, variant: str, *, team: bool) -> tuple[Resource, dict[str, Any]] | None:
    """The resource at this address with its lists, if the public (or the team) may see it.

    The dict holds the sections of one variant in order, each with its path's title and
    steps; falc, version_number, version_date, and the rows of its terms,
    references, relations, attachments, media, prepared documents and linked pages, as dicts.
    """
    rows = _statement(team).run({_SLUG: slug, _VARIANT: str(variant)})
    if not rows:
        return None
    (row,) = rows
    resource = Resource.from_db("default", _FIELDS, [row.pop(name) for name in _FIELDS])
    return resource, row


def with_version(rows: QuerySet) -> QuerySet:
    """Number and date of the version that is read now, which page, PDF and QR share."""
    latest = ResourceVersion.objects.filter(resource=OuterRef("pk")).order_by("-number")
    return rows.annotate(
        version_number=Subquery(latest.values("number")[:1]),
        version_date=Subquery(latest.values("published_at")[:1]),
    )


# Not the tally: 440 digits that a page has no use for.
_FIELDS = tuple(field.attname for field in Resource._meta.concrete_fields if not field.generated)
_LISTS = (
    "falc", "version_number", "version_date", "term_rows", "reference_rows", "relation_rows",
    "attachment_rows", "media_rows", "prepared_rows", "linked_rows",
    "section_rows",
)  # fmt: skip


@cache
def _statement(team: bool) -> Statement:
    visible = Resource.objects.all() if team else Resource.objects.public()
    own = {"resource": OuterRef("pk")}
    rows = with_version(visible.filter(slug=_SLUG).order_by()).annotate(
        falc=has_falc(),
        term_rows=_list(
            ResourceTerm.objects.filter(**own, term__archived_at__isnull=True),
            slug="term__slug",
            term="term__term",
        ),
        reference_rows=_list(
            ResourceReference.objects.filter(**own),
            **{name: f"reference__{name}" for name in _REFERENCE},
        ),
        relation_rows=_list(
            ResourceRelation.objects.filter(source=OuterRef("pk"), target__in=visible),
            role="role",
            **{name: f"target__{name}" for name in _RELATION},
        ),
        attachment_rows=_list(
            # A picture is in the text, or waits to be.
            Attachment.objects.filter(**own).exclude(media_type__startswith="image/"),
            **{name: name for name in ("id", "title", "file", "media_type", "size", "pages")},
        ),
        media_rows=_list(
            ExternalMedia.objects.filter(**own),
            **{name: name for name in ("title", "url", "host_name", "minutes", "transcript_html")},
        ),
        prepared_rows=_list(
            PreparedDocument.objects.filter(**own),
            **{name: name for name in ("form", "pages", "size")},
        ),
        linked_rows=linked_rows(),
        section_rows=_list(
            Section.objects.filter(**own, variant=_VARIANT).order_by("position", "pk"),
            **{name: name for name in ("anchor", "title", "level", "rendered_html")},
            path_title="path__title",
            steps=_list(
                PracticeStep.objects.filter(path__section=OuterRef("pk")),
                **{name: name for name in _STEP},
            ),
        ),
    )
    return Statement(rows, (*_FIELDS, *_LISTS))


def _list(rows: QuerySet, **fields: Any) -> ArraySubquery:
    """An ordered list that comes with its owner, in the same statement."""
    return ArraySubquery(rows.values(row=JSONObject(**fields)))
