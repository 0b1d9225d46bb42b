from collections.abc import Callable

import pytest

from cops.search import registry
from cops.search.words import forget_frequent_stems


@pytest.fixture(autouse=True)
def own_language(monkeypatch) -> None:
    """No lexicon but the one a test gives; nothing kept from another test."""
    monkeypatch.setattr(registry, "_expand", None)
    monkeypatch.setattr(registry, "_headline", None)
    forget_frequent_stems()


@pytest.fixture
def lexicon(monkeypatch) -> Callable[[dict[str, list[str]]], None]:
    """lexicon({"patient expert": ['"patient partenaire"']}): what expand() answers."""

    def give(words: dict[str, list[str]]) -> None:
        monkeypatch.setattr(registry, "_expand", lambda text: words.get(text.casefold(), []))

    return give
