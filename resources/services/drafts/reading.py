from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from resources.enums import DraftState
from resources.models import DraftRevision, Resource, ResourceDraft
from resources.services.comparing import content_merge
from resources.services.contents import Content, content_of, same_words, words_mark
from resources.services.drafts.pieces import piece_read


@dataclass(frozen=True)
class Seen:
    """What a form showed of a piece when it was opened, and the last save known then (its key)."""

    value: dict[str, Any] | None
    last: int = 0


@dataclass
class Working:
    """The text that the team works on: the working text, or what is on view before any work."""

    resource: Resource
    draft: ResourceDraft | None
    last: DraftRevision | None

    def seen(self, piece: str) -> Seen:
        """What a form opened now shows of a piece: it is sent back with what was written."""
        return Seen(piece_read(self.content, piece), self.last.pk if self.last else 0)

    @cached_property
    def mark(self) -> str:
        """By which a page tells which text it showed."""
        return words_mark(self.content)

    @property
    def state(self) -> DraftState | None:
        return DraftState(self.draft.state) if self.draft else None

    @property
    def saved_by(self) -> Any:
        return self.last.saved_by if self.last else None

    @property
    def saved_at(self) -> datetime | None:
        return self.last.saved_at if self.last else None

    @cached_property
    def rows(self) -> Content:
        """What the rows say now: on view, or what an administrator wrote there."""
        return content_of(self.resource)

    @cached_property
    def _merged(self) -> tuple[Content, list[str]]:
        if self.draft is None or self.last is None:
            return self.rows, []
        if same_words(self.draft.base, self.rows):
            return self.last.content, []
        return content_merge(self.draft.base, self.last.content, self.rows)

    @property
    def content(self) -> Content:
        """The words in progress, with what others changed on view since the work began."""
        return self._merged[0]

    @property
    def both(self) -> list[str]:
        """What changed on both sides, in words: the working text will replace it."""
        return self._merged[1]

    @cached_property
    def differs(self) -> bool:
        """Whether publishing would change a word of what the rows say."""
        return self.draft is not None and not same_words(self.content, self.rows)


def working_text(resource: Resource) -> Working:
    """The working text of a resource as it stands; nine statements, whatever its size."""
    draft = ResourceDraft.objects.filter(resource=resource).first()
    last = None
    if draft is not None:
        last = draft.revisions.select_related("saved_by").order_by("-number", "pk").first()
    return Working(resource, draft, last)
