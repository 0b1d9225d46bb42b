"""The A–Z of the lexicon: its letters, its terms, and the words that send to a term.

Works on terms already read, in Python: a lexicon holds some hundreds of words, and the
matching must forgive accents, case, œ, hyphens and plurals in the same way everywhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cops.formats import sort_key, unaccent
from resources.enums import TermCategory
from resources.models import Term

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Terms that begin with a figure are filed before A.
FIGURES = "0-9"
_EXCERPT = 220


@dataclass
class CrossReference:
    """A word that is not a heading of the lexicon, and the terms it sends to."""

    word: str
    see: list[Term] = field(default_factory=list)
    rather: list[Term] = field(default_factory=list)


@dataclass
class Letter:
    name: str
    terms: list[Term] = field(default_factory=list)
    references: list[CrossReference] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"lettre-{self.name.lower()}"

    @property
    def entries(self) -> list[tuple[Term, str]]:
        """Each term with the first words of its definition."""
        return [(term, excerpt(term.definition)) for term in self.terms]


@dataclass(frozen=True)
class CategoryChoice:
    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class LexiconIndex:
    letters: list[Letter]
    categories: list[CategoryChoice]
    count: int
    # Of which: those that have their version in easy words.
    easy: int

    def alphabet(self) -> list[tuple[str, Letter | None]]:
        """Every letter in order, with what stands under it, or None."""
        by_name = {letter.name: letter for letter in self.letters}
        figures = [(FIGURES, by_name[FIGURES])] if FIGURES in by_name else []
        return [*figures, *((name, by_name.get(name)) for name in ALPHABET)]


def excerpt(text: str, limit: int = _EXCERPT) -> str:
    """The first sentence of a definition, or its first words when the sentence is long."""
    first = re.split(r"(?<=[.!?…])\s", text.strip(), maxsplit=1)[0]
    if len(first) <= limit:
        return first
    return first[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def other_names(term: Term) -> list[str]:
    """The acronym and the synonyms, each once, without the term itself."""
    names = {sort_key(name): name for name in [*term.synonyms, term.acronym] if name}
    names.pop(term.sort_key, None)
    return list(names.values())


def said_too(term: Term) -> list[str]:
    """The synonyms one may use: neither the acronym, nor the words the term replaces."""
    set_aside = {sort_key(word) for word in [*term.instead_of, term.acronym]}
    return [name for name in other_names(term) if sort_key(name) not in set_aside]


def build(terms: Sequence[Term], *, text: str = "", categories: Iterable[str] = ()) -> LexiconIndex:
    """The index of the terms that match ``text`` and stand in one of the ``categories``.

    A category's count follows the text and not the other boxes ticked, so that ticking a
    second box adds what its count says.
    """
    chosen = set(categories)
    matching = [term for term in terms if _matches(term, text)]
    kept = [term for term in matching if not chosen or term.category in chosen]
    letters: dict[str, Letter] = {}

    def letter(key: str) -> Letter:
        name = key[0].upper() if key[:1].isalpha() else FIGURES
        return letters.setdefault(name, Letter(name))

    for term in kept:
        letter(term.sort_key).terms.append(term)
    for reference in _cross_references(kept, headings={term.sort_key for term in terms}):
        if _words_match(reference.word, text):
            letter(sort_key(reference.word)).references.append(reference)
    return LexiconIndex(
        letters=[letters[name] for name in [FIGURES, *ALPHABET] if name in letters],
        categories=_category_choices(matching, chosen),
        count=len(kept),
        easy=sum(bool(term.falc) for term in kept),
    )


def _cross_references(terms: Iterable[Term], *, headings: set[str]) -> list[CrossReference]:
    found: dict[str, CrossReference] = {}
    for term in terms:
        avoided = {sort_key(word): word for word in term.instead_of}
        named = {sort_key(word): word for word in other_names(term)}
        for key, word in {**named, **avoided}.items():
            if not key or key in headings:
                continue
            reference = found.setdefault(key, CrossReference(word))
            (reference.rather if key in avoided else reference.see).append(term)
    return [found[key] for key in sorted(found)]


def _category_choices(terms: Iterable[Term], chosen: set[str]) -> list[CategoryChoice]:
    counts: defaultdict[str, int] = defaultdict(int)
    for term in terms:
        counts[term.category] += 1
    return [
        CategoryChoice(category.value, category.label, counts[category.value], category in chosen)
        for category in TermCategory
        if counts[category.value] or category in chosen
    ]


def _stems(text: str) -> list[str]:
    """Words without accents, case, hyphens or the mark of the plural."""
    words = re.findall(r"[a-z0-9]+", unaccent(text))
    return [word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in words]


def _words_match(name: str, text: str) -> bool:
    """Whether every word typed begins a word of the name."""
    words = _stems(name)
    return all(any(word.startswith(typed) for word in words) for typed in _stems(text))


def _matches(term: Term, text: str) -> bool:
    names = [term.term, *other_names(term), *term.instead_of]
    return any(_words_match(name, text) for name in names)
