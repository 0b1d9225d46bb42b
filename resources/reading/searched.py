"""Which rows match words: the portal's one search engine answers, never a second one."""

from __future__ import annotations

from cops import search

# More than the library will ever hold; the engine ranks, the list pages.
_MOST = 5_000


def matching_ids(text: str, of: str = "resources.resource") -> list[int]:
    """The keys of the resources (or of what else ``of`` names) that match, the closest first."""
    sources = search.sources(text, prefix=f"{of}:", limit=_MOST)
    return [int(source.removeprefix(f"{of}:")) for source in sources]
