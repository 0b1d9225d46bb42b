"""A binder as its page, its shared link and its documents show it: one statement for its lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform

from cops.http.addresses import address
from resources.enums import Kind, Variant
from resources.models import Binder, PreparedDocument, Resource, ResourceVersion, Section

# A sheet that left public view and whose published words are not at hand.
UNNAMED = "Fiche retirée"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A sheet of a binder. Of one that is not on view, only what was public when it was added."""

    item: int
    resource: int
    slug: str
    position: int
    title: str
    kind: str
    number: int | None
    on_view: bool
    falc: bool
    pages: int | None
    # The version its reader knows, and the one in force.
    known: int
    version: int
    version_date: datetime | None

    @property
    def url(self) -> str:
        return address("resources:detail", self.slug)

    @property
    def printed_address(self) -> str:
        """The address in words, for a list printed on paper."""
        return f"{settings.SITE_ORIGIN.split('://', 1)[-1]}{self.url}"

    @property
    def is_newer(self) -> bool:
        """Whether another version came out since the sheet was put in the binder."""
        return self.on_view and self.version > self.known


def lines_of(binder: Binder) -> list[Line]:
    """The sheets of a binder in their order."""
    return [_line(row) for row in _rows(binder)]


def _rows(binder: Binder) -> Any:
    mine = Resource.objects.filter(pk=OuterRef("resource_id"))
    versions = ResourceVersion.objects.filter(resource=OuterRef("resource_id"))
    last = versions.order_by("-number")
    prepared = PreparedDocument.objects.filter(
        resource=OuterRef("resource_id"), form=PreparedDocument.Form.STANDARD
    )
    return (
        binder.items.annotate(
            on_view=Exists(mine.public()),
            last_number=Subquery(last.values("number")[:1]),
            last_date=Subquery(last.values("published_at")[:1]),
            known_title=Subquery(
                versions.filter(number=OuterRef("version"))
                .annotate(words=KeyTextTransform("title", "snapshot"))
                .values("words")[:1]
            ),
            falc=Exists(
                Section.objects.filter(resource=OuterRef("resource_id"), variant=Variant.FALC)
            ),
            pages=Subquery(prepared.values("pages")[:1]),
        )
        .order_by("position", "pk")
        .values(
            "pk", "resource_id", "position", "version", "on_view", "last_number", "last_date",
            "known_title", "falc", "pages", "resource__slug", "resource__title",
            "resource__kind", "resource__number",
        )
    )  # fmt: skip


def _line(row: dict[str, Any]) -> Line:
    on_view = row["on_view"]
    # A sheet taken back to be worked on may have another name by now: not ours to tell.
    title = row["resource__title"] if on_view else row["known_title"] or UNNAMED
    return Line(
        item=row["pk"],
        resource=row["resource_id"],
        slug=row["resource__slug"] if on_view else "",
        position=row["position"],
        title=title,
        kind=str(Kind(row["resource__kind"]).label),
        number=row["resource__number"] if on_view else None,
        on_view=on_view,
        falc=on_view and row["falc"],
        pages=row["pages"] if on_view else None,
        known=row["version"],
        version=row["last_number"] or 1,
        version_date=row["last_date"],
    )


def kept_slugs(binder: Binder) -> list[str]:
    """The addresses of the sheets on view that a binder holds, for the buttons of a page."""
    rows = Resource.objects.public().filter(binder_items__binder=binder)
    return list(rows.order_by("binder_items__position").values_list("slug", flat=True))


def title_of(resource: int, version: int) -> str:
    """The title of a sheet that somebody has just taken out of a binder."""
    found = Resource.objects.public().filter(pk=resource).values_list("title", flat=True).first()
    if found is None:
        words = ResourceVersion.objects.filter(resource=resource, number=version)
        found = (
            words.annotate(words=KeyTextTransform("title", "snapshot"))
            .values_list("words", flat=True)
            .first()
        )
    return found or UNNAMED
