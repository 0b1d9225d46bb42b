"""What the self-assessment gives the search index: one entry per grid."""

from __future__ import annotations

from cops.search import EntryDraft
from selfassess.instrument import instrument_of
from selfassess.models import Grid

KIND = "autoevaluation"


def grid_source(pk: int) -> str:
    return f"selfassess.grid:{pk}"


def grid_drafts(grid: Grid) -> list[EntryDraft]:
    """The grid, found by its criteria too."""
    version = grid.versions.order_by("-number").first()
    if version is None:
        return []
    instrument = instrument_of(version.content)
    words = [grid.instrument]
    for axis in instrument.axes:
        words += [axis.label, axis.help, *(criterion.label for criterion in axis.criteria)]
    return [
        EntryDraft(
            source=grid_source(grid.pk),
            kind=KIND,
            title=grid.title,
            summary=instrument.intro,
            body="\n".join(word for word in words if word),
            url=grid.get_absolute_url(),
        )
    ]
