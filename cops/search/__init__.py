"""The one index of the portal, the French query and the search page.

What other packages may use is named here. It is loaded at first use: an app's
package is imported before models can be.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cops.search.drafts import EntryDraft
    from cops.search.entries import entries_remove, entries_replace
    from cops.search.finder import Hit, Results, find, sources
    from cops.search.registry import Definition, register_kind, register_language
    from cops.search.spelling import fold, normalise
    from cops.search.words import frequent_stems, words_refresh

__all__ = [
    "Definition",
    "EntryDraft",
    "Hit",
    "Results",
    "entries_remove",
    "entries_replace",
    "find",
    "fold",
    "frequent_stems",
    "normalise",
    "register_kind",
    "register_language",
    "sources",
    "words_refresh",
]

_HOME = {
    "Definition": "registry",
    "EntryDraft": "drafts",
    "Hit": "finder",
    "Results": "finder",
    "entries_remove": "entries",
    "entries_replace": "entries",
    "find": "finder",
    "fold": "spelling",
    "frequent_stems": "words",
    "normalise": "spelling",
    "register_kind": "registry",
    "register_language": "registry",
    "sources": "finder",
    "words_refresh": "words",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"cops.search.{_HOME[name]}"), name)
