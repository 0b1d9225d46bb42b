"""Excerpts with the words marked: which piece of a text shows best why it was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe

LENGTH = 240
_WORD = re.compile(r"\w+")
_ENDS = (".", "!", "?", "…", ":", ";", ",", "»", ")")
_SENTENCE = re.compile(r"(?<=[.!?…:;])\s+(?=\S)")


class Marker:
    """Marks words in texts. ``words`` maps each form of a word, lower case, to its stem.

    Words are looked up here rather than by Postgres' ts_headline: that one reads a whole
    text again with its parser, ten times slower, and with the locale C takes « and ’ for
    letters, so that the word beside them is missed.
    """

    def __init__(self, words: dict[str, str]) -> None:
        self.words = words | {
            word.replace("oe", "œ"): stem for word, stem in words.items() if "oe" in word
        }
        self.most = len(set(words.values()))
        self._whole = [(word, stem) for word, stem in self.words.items() if _WORD.fullmatch(word)]

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and stem of every word to mark.

        Each known word is looked for, rather than each word of the text looked up: a text of
        a sheet has thousands of words, and a search a dozen.
        """
        lower = text.lower()
        if len(lower) != len(text):  # « İ » is two letters in lower case: the places would move
            return self._places_one_by_one(text)
        found = [
            (at, at + len(word), stem)
            for word, stem in self._whole
            for at in _occurrences(lower, word)
        ]
        return sorted(found)

    def _places_one_by_one(self, text: str) -> list[tuple[int, int, str]]:
        return [
            (word.start(), word.end(), stem)
            for word in _WORD.finditer(text)
            if (stem := self.words.get(word[0].lower()))
        ]

    def marked(self, text: str) -> SafeString:
        """The whole text, escaped, its words in <mark>."""
        return _marked(text, self.places(text))

    def excerpt(self, *texts: str, length: int = LENGTH) -> SafeString:
        """A piece of the first text that holds the most different words; escaped, marked.

        Without any word to mark: the beginning of the first text that is not empty.
        """
        best: tuple[int, int, list[tuple[int, int, str]]] | None = None
        shown = ""
        for text in map(_one_line, texts):
            if not text or (best and best[0] == self.most):
                continue
            found = self._window(text, length)
            if best is None or found[0] > best[0]:
                best, shown = found, text
        if best is None:
            return mark_safe("")
        _, start, places = best
        return _piece(shown, start, length, places)

    def _window(self, text: str, length: int) -> tuple[int, int, list[tuple[int, int, str]]]:
        """How many stems the best window holds, the place of its first word, and all places."""
        places = self.places(text)
        best, where, end = 0, 0, 0
        inside: dict[str, int] = {}
        for first, (start, _, stem) in enumerate(places):
            while end < len(places) and places[end][1] - start <= length * 3 // 4:
                inside[places[end][2]] = inside.get(places[end][2], 0) + 1
                end += 1
            if len(inside) > best:
                best, where = len(inside), start
            if first < end:
                inside[stem] -= 1
                if not inside[stem]:
                    del inside[stem]
            else:
                end = first + 1
        return best, where, places


def _occurrences(text: str, word: str) -> Iterator[int]:
    """Where the word stands whole, from left to right."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_is_letter(text[at - 1 : at]) or _is_letter(text[end : end + 1])):
            yield at
        at = text.find(word, end)


def _is_letter(one: str) -> bool:
    """Whether a character, or none, is of a word as ``\\w`` says it."""
    return one.isalnum() or one == "_"


def _one_line(text: str) -> str:
    """The lines joined: after the end of a sentence a space is enough."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    return "".join(
        [line + (" " if line.endswith(_ENDS) else " · ") for line in lines[:-1]] + lines[-1:]
    )


def _piece(text: str, at: int, length: int, places: Iterable[tuple[int, int, str]]) -> SafeString:
    """About ``length`` characters around ``at``, from the start of a sentence when it is near."""
    start = max(0, at - length // 3)
    if start:
        ends = [found.end() for found in _SENTENCE.finditer(text, max(0, start - 20), at)]
        start = ends[-1] if ends else _next_word(text, start, at)
    stop = min(len(text), start + length)
    if stop < len(text):
        stop = max(text.rfind(" ", start + length // 2, stop), text.rfind("\n", start, stop), start)
        stop = stop if stop > start else start + length
    within = [
        (first - start, last - start, stem)
        for first, last, stem in places
        if first >= start and last <= stop
    ]
    before = "… " if start else ""
    after = " …" if stop < len(text) else ""
    return mark_safe(before + _marked(text[start:stop], within) + after)  # noqa: S308 (escaped)


def _next_word(text: str, start: int, at: int) -> int:
    space = text.find(" ", start, at)
    return space + 1 if space >= 0 else start


def _marked(text: str, places: Iterable[tuple[int, int, str]]) -> SafeString:
    pieces, here = [], 0
    for start, end, _ in places:
        pieces += [escape(text[here:start]), "<mark>", escape(text[start:end]), "</mark>"]
        here = end
    pieces.append(escape(text[here:]))
    return mark_safe("".join(pieces))  # noqa: S308 (every piece is escaped)
