"""The answers to a quiz, carried in the address, and what they add up to.

No session and no cookie: the answers are one letter a statement, in order, in the query
string (``r=vf-d``), so that a step back loses nothing and nothing is kept on our side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from resources.enums import QuizAnswer
from resources.models import QuizStatement

LETTERS: dict[str, QuizAnswer] = {
    "v": QuizAnswer.VRAI,
    "f": QuizAnswer.FAUX,
    "d": QuizAnswer.A_DEBATTRE,
}
NONE = "-"


@dataclass(frozen=True)
class Answers:
    """One answer or None for each statement; ``ignored`` when the address made no sense."""

    given: tuple[QuizAnswer | None, ...]
    ignored: bool = False

    @classmethod
    def read(cls, text: str, count: int) -> Answers:
        """The answers written in ``text``; none of them when it holds anything else."""
        if len(text) > count or any(letter != NONE and letter not in LETTERS for letter in text):
            return cls((None,) * count, ignored=True)
        given = tuple(LETTERS.get(letter) for letter in text)
        return cls(given + (None,) * (count - len(given)))

    def with_form(self, data: Mapping[str, str]) -> Answers:
        """The same, with the fields ``a1``, ``a2``… of a form (numbered from 1) on top."""
        given = tuple(
            LETTERS.get(data.get(f"a{number}", ""), before)
            for number, before in enumerate(self.given, start=1)
        )
        return Answers(given, self.ignored)

    def __bool__(self) -> bool:
        return any(self.given)

    def __str__(self) -> str:
        letters = {answer: letter for letter, answer in LETTERS.items()}
        return "".join(letters[answer] if answer else NONE for answer in self.given).rstrip(NONE)


@dataclass(frozen=True)
class Answered:
    """A statement with its number (from 1) and what was answered to it."""

    number: int
    statement: QuizStatement
    answer: QuizAnswer | None

    @property
    def counted(self) -> bool:
        """« À débattre » has no right answer: it opens the discussion and is not counted."""
        return self.statement.answer != QuizAnswer.A_DEBATTRE

    @property
    def right(self) -> bool:
        return self.counted and self.answer == self.statement.answer

    @property
    def verdict(self) -> str:
        """What to say of the answer: « debate », « right », « wrong », or « » before any answer."""
        if not self.answer:
            return ""
        if not self.counted:
            return "debate"
        return "right" if self.right else "wrong"


@dataclass(frozen=True)
class Summary:
    items: list[Answered]

    @property
    def counted(self) -> int:
        return sum(item.counted for item in self.items)

    @property
    def right(self) -> int:
        return sum(item.right for item in self.items)

    @property
    def unanswered(self) -> int:
        return sum(item.counted and not item.answer for item in self.items)

    @property
    def debated(self) -> int:
        return sum(not item.counted for item in self.items)


def answered(statements: Sequence[QuizStatement], answers: Answers) -> list[Answered]:
    pairs = zip(statements, answers.given, strict=True)
    return [Answered(number, *pair) for number, pair in enumerate(pairs, start=1)]
