"""Which resources match words: the portal's one search engine answers, never a second one."""

from __future__ import annotations

from cops import search

# More than the library will ever hold; the engine ranks, the list pages.
_MOST = 5_000
_SOURCE = "resources.resource:"


def matching_ids(text: str) -> list[int]:
    """The keys of the resources that match, the closest first."""
    sources = search.sources(text, prefix=_SOURCE, limit=_MOST)
    return [int(source.removeprefix(_SOURCE)) for source in sources]
