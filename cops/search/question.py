"""What a person asks: the words kept, and the full text queries made of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from cops.search.empty_words import EMPTY_WORDS
from cops.search.registry import expansions
from cops.search.spelling import QUERY_LENGTH, fold, is_cut, normalise, printable

_PART = re.compile(r'"[^"]*"?|\S+')
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Question:
    """A query in its normal form. ``exact`` and ``alternatives`` are in websearch syntax."""

    # As the person typed it, for the page: controls out, at most 200 characters.
    shown: str
    text: str
    cut: bool = False
    exact: str
    alternatives: list[str] = field(default_factory=list)

    @property
    def titles(self) -> list[list[str]]:
        """Words that one title holds together: all of them but one. [] below three words.

        « animer un groupe de travail » asks for the sheet « … dans un groupe de travail »,
        even where nobody says « animer ».
        """
        words = self.words()
        if not 3 <= len(words) <= 6 or '"' in self.exact or " or " in self.exact:
            return []
        return [[word for word in words if word != left] for left in words]

    def words(self) -> list[str]:
        """The words asked for, folded, without those that are excluded."""
        parts = (part for part in _PART.findall(self.exact) if not part.startswith("-"))
        words = (word for part in parts for word in _WORD.findall(fold(part)))
        return list(dict.fromkeys(word for word in words if word not in {"or", *EMPTY_WORDS}))

    def replaced(self, spelling: dict[str, str]) -> Question:
        """The same question with some words (folded) spelt in another way."""
        text = _WORD.sub(lambda word: spelling.get(fold(word[0]), word[0]), self.text)
        shown = _WORD.sub(lambda word: spelling.get(fold(word[0]), word[0]), self.shown)
        return ask(shown, normal=text)

    def relaxed(self) -> Question | None:
        """Any of the words instead of all of them; None when there is a single one."""
        words = self.words()
        if len(words) < 2:
            return None
        return Question(shown=self.shown, text=self.text, exact=" or ".join(words))


def shown_again(raw: str) -> str:
    """What was typed, as a page shows it again: on one line, not longer than one may type."""
    return " ".join(unicodedata.normalize("NFC", printable(raw)).split())[:QUERY_LENGTH]


def ask(raw: str, *, normal: str | None = None) -> Question:
    """Read what was typed. An empty ``exact`` means that nothing can be searched."""
    shown = shown_again(raw)
    text = normalise(raw) if normal is None else normal
    exact = _meaningful(text)
    return Question(
        shown=shown,
        text=text,
        cut=normal is None and is_cut(raw),
        exact=exact,
        alternatives=[_meaningful(normalise(other)) for other in expansions(text)] if exact else [],
    )


def _meaningful(text: str) -> str:
    """The query without empty words; "" when it only excludes, or holds no word."""
    parts = ["or" if part == "OU" else part for part in _PART.findall(text)]
    wanted = [part for part in parts if _WORD.search(part) and not part.startswith("-")]
    if not wanted:
        return ""
    kept = [part for part in parts if _WORD.search(part) and fold(part) not in EMPTY_WORDS]
    # « où », « le la »: nothing else was said, so these are the words.
    return " ".join(kept if any(part in wanted for part in kept) else parts)
