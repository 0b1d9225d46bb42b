"""What the lexicon tells the search: other words for what was asked, and a definition.

Both functions answer from the memory of the process: the lexicon is read again
after half a minute, or at once in the process that changed it.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from threading import Lock

from django.db import connection

from cops.search import Definition, fold, frequent_stems
from resources.models import Term

KEPT_SECONDS = 30.0
MOST = 3
# A part between quotes, or excluded, is taken as it stands.
_TOKEN = re.compile(r'"[^"]*"?|(?<!\S)-\S+|[^\s"]+')
_PARENTHESIS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True)
class Entry:
    """One term, with all the names it answers to."""

    pk: int
    term: str
    acronym: str
    definition: str
    falc: str
    url: str
    synonyms: tuple[str, ...]
    instead_of: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The term, its sigle, then what people say for it."""
        own = [self.term, self.acronym, *self.synonyms, *self.instead_of]
        return [name for name in own if name]


@dataclass
class Vocabulary:
    """Every phrase of the lexicon, folded, with the terms it belongs to, the closest first."""

    phrases: dict[tuple[str, ...], list[Entry]] = field(default_factory=dict)
    longest: int = 0
    # One-word synonyms by folded form, with their stem in the index.
    stems: dict[str, str] = field(default_factory=dict)


_kept: tuple[float, Vocabulary] | None = None
_lock = Lock()


def forget() -> None:
    """Read the lexicon again at the next search."""
    global _kept
    _kept = None


def expand(text: str) -> list[str]:
    """At most three other queries that mean the same: the longest known phrase replaced.

    One level only: what replaces is not replaced in turn. A one-word synonym that is
    among the fifty most frequent stems neither expands nor is put in.
    """
    vocabulary = _vocabulary()
    found = _longest_phrase(text, vocabulary)
    if found is None:
        return []
    start, end, phrase = found
    frequent = frequent_stems()

    def too_common(name: str) -> bool:
        stem = vocabulary.stems.get(fold(name))
        return stem is not None and stem in frequent

    entries = vocabulary.phrases[phrase]
    if len(phrase) == 1 and too_common(phrase[0]):
        return []
    names = [entry.term for entry in entries]
    for entry in entries:
        names += [name for name in entry.names[1:] if not too_common(name)]
    queries: list[str] = []
    seen = {phrase}
    for name in names:
        plain = _PARENTHESIS.sub("", name)
        if (key := _key(plain)) in seen or not key:
            continue
        seen.add(key)
        quoted = f'"{plain}"' if len(fold(plain).split()) > 1 else plain
        queries.append(" ".join(f"{text[:start]} {quoted} {text[end:]}".split()))
    return queries[:MOST]


def headline(text: str) -> Definition | None:
    """The definition to show first, when the whole query is a name of a term."""
    vocabulary = _vocabulary()
    phrase = _key(text)
    entries = vocabulary.phrases.get(phrase)
    if not entries:
        return None
    entry = entries[0]
    replaced = next((word for word in entry.instead_of if _key(word) == phrase), None)
    asked = _PARENTHESIS.sub("", replaced) if replaced else ""
    return Definition(
        term=entry.term,
        acronym=entry.acronym,
        text=entry.definition,
        falc=entry.falc,
        url=entry.url,
        note=_note(entry, asked) if asked else "",
    )


def _note(entry: Entry, asked: str) -> str:
    preferred = entry.term[:1].lower() + entry.term[1:]
    return f"Le réseau dit plutôt « {preferred} » que « {asked} »."


def _key(text: str) -> tuple[str, ...]:
    """The words folded, without articles at the head and without the mark of the plural."""
    words = [w[:-1] if len(w) > 3 and w[-1] in "sx" else w for w in fold(text).split()]
    while len(words) > 1 and words[0] in {"le", "la", "les", "l", "un", "une", "des", "d"}:
        words = words[1:]
    return tuple(words)


def _longest_phrase(text: str, vocabulary: Vocabulary) -> tuple[int, int, tuple[str, ...]] | None:
    """(start, end, phrase) of the longest known phrase, the first of its length."""
    tokens = [m for m in _TOKEN.finditer(text) if m[0][0] not in '"-']
    for length in range(min(vocabulary.longest, len(tokens)), 0, -1):
        for first in range(len(tokens) - length + 1):
            start, end = tokens[first].start(), tokens[first + length - 1].end()
            if '"' in text[start:end]:
                continue
            if (phrase := _key(text[start:end])) in vocabulary.phrases:
                return start, end, phrase
    return None


def _vocabulary() -> Vocabulary:
    global _kept
    kept = _kept
    if kept and time.monotonic() - kept[0] < KEPT_SECONDS:
        return kept[1]
    with _lock:
        vocabulary = _read()
        _kept = (time.monotonic(), vocabulary)
    return vocabulary


def _read() -> Vocabulary:
    ranked: dict[tuple[str, ...], list[tuple[int, int, Entry]]] = defaultdict(list)
    singles: set[str] = set()
    for term in Term.objects.public().order_by("sort_key", "pk"):
        entry = Entry(
            pk=term.pk,
            term=term.term,
            acronym=term.acronym,
            definition=term.definition,
            falc=term.falc,
            url=term.get_absolute_url(),
            synonyms=tuple(term.synonyms),
            instead_of=tuple(term.instead_of),
        )
        ranks = [(0, term.term), (1, term.acronym)]
        ranks += [(2, word) for word in term.instead_of] + [(3, word) for word in term.synonyms]
        for rank, name in ranks:
            key = _key(_PARENTHESIS.sub("", name))
            if key and all(other.pk != term.pk for _, _, other in ranked[key]):
                # Of two terms that a word may mean, the shorter one is the more general.
                ranked[key].append((rank, len(fold(term.term).split()), entry))
            if rank > 1 and len(key) == 1:
                singles.update({key[0], fold(name)})
    phrases = {
        key: [entry for _, _, entry in sorted(found, key=lambda row: row[:2])]
        for key, found in ranked.items()
        if found
    }
    longest = max((len(key) for key in phrases), default=0) + 1
    return Vocabulary(phrases, longest, _stems(sorted(singles)))


def _stems(words: list[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, (ts_lexize('french_stem', word))[1] FROM unnest(%s::text[]) AS word",
            [words],
        )
        return {word: stem for word, stem in cursor.fetchall() if stem}
