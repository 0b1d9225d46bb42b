"""Excerpts with the words marked: which piece of a text shows best why it was found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

LENGTH = 240
_WORD = re.compile(r"\w+")
# Where lines meet: after a sentence a space is enough.
_LINE = re.compile(r"(?:(?<=([.!?…:;,»)]))|(?<!\s))\s*\n\s*")
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

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and stem of every word to mark."""
        known = self.words
        return [
            (word.start(), word.end(), stem)
            for word in _WORD.finditer(text)
            if (stem := known.get(word[0].lower()))
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


def _one_line(text: str) -> str:
    return _LINE.sub(lambda found: " " if found[1] else " · ", text.strip())


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
