"""One sheet as the team sees it: what is on view, what is in work, and what to do next."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils import timezone

from cops.formats import date_fr
from resources.desk.states import Column, in_work, is_awaited, is_withdrawn, on_view
from resources.enums import DraftState, Status
from resources.models import PreviewComment, PreviewLink, Resource, ResourceVersion
from resources.services.comparing import compare
from resources.services.contents import Content, content_from
from resources.services.drafts import Working, working_text
from resources.services.rules import Fault, publication_faults


class Desk:
    """All that the page of one sheet says."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        self.working: Working = working_text(resource)
        self.now = timezone.now()

    @cached_property
    def content(self) -> Content:
        return self.working.content

    @cached_property
    def versions(self) -> list[ResourceVersion]:
        rows = self.resource.versions.select_related("published_by", "undoes")
        return list(rows.order_by("-number", "pk"))

    @property
    def last(self) -> ResourceVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def next_number(self) -> int:
        return self.last.number + 1 if self.last else 1

    @property
    def is_published(self) -> bool:
        return self.resource.status == Status.PUBLISHED

    @property
    def is_withdrawn(self) -> bool:
        return is_withdrawn(self.resource)

    @property
    def is_awaited(self) -> bool:
        return is_awaited(self.resource)

    @property
    def is_on_view(self) -> bool:
        return self.is_published and not self.is_withdrawn and not self.is_awaited

    @property
    def is_overdue(self) -> bool:
        by = self.resource.review_by
        return self.is_on_view and by is not None and by < timezone.localdate()

    @property
    def on_view(self) -> Column:
        """The first column: what the public reads."""
        last = self.last
        return on_view(
            self.resource,
            number=last.number if last else None,
            published_on=last.published_at if last else None,
        )

    @property
    def in_work(self) -> Column:
        """The second column: the text that the team works on."""
        working = self.working
        return in_work(
            self.resource, working.draft, saved_at=working.saved_at, saved_by=working.saved_by
        )

    @cached_property
    def faults(self) -> list[Fault]:
        return publication_faults(self.content)

    @cached_property
    def links(self) -> list[PreviewLink]:
        return list(
            self.resource.preview_links.select_related("created_by").order_by("-created_at", "-pk")
        )

    @cached_property
    def comments(self) -> list[PreviewComment]:
        rows = PreviewComment.objects.filter(link__resource=self.resource)
        return list(rows.select_related("link", "handled_by").order_by("created_at", "pk"))

    @property
    def unread(self) -> list[PreviewComment]:
        return [comment for comment in self.comments if comment.handled_at is None]

    @cached_property
    def changes(self) -> list[Any]:
        """What publishing would change, against the last version on view."""
        return compare(self.working.rows, self.content) if self.working.draft else []

    @property
    def can_publish(self) -> bool:
        if self.working.state == DraftState.SCHEDULED:
            return False
        return not self.is_published or self.working.differs

    @property
    def is_first(self) -> bool:
        """Whether nothing was on view before the last version."""
        last = self.last
        if last is None or last.undoes:
            return False
        return all(version.undone_at for version in self.versions[1:])

    @property
    def can_undo(self) -> bool:
        return self.is_published and bool(self.versions)

    def compared(self, number: str) -> tuple[str, Content] | None:
        """A side of a comparison: « travail », or the number of a version."""
        if number in ("travail", ""):
            return "Texte de travail", self.content
        for version in self.versions:
            if str(version.number) == number:
                day = date_fr(version.published_at)
                return f"Version {version.number} du {day}", content_from(version.snapshot)
        return None
