"""The code of an assessment: twelve letters, in three groups of four, said aloud with ease.

Twenty consonants: no word comes out by chance, and no letter is taken for a figure
(51 bits, trust.md A17). The table keeps its HMAC alone, by cops.secrets.
"""

from __future__ import annotations

import re
import secrets

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 12
PURPOSE = "selfassess.code"

# What a hand writes, or an ear hears, for a letter that the code may hold.
_MISREAD = str.maketrans({"0": "Q", "O": "Q", "1": "L", "I": "L", "5": "S", "8": "B", "2": "Z"})
_SPACES = re.compile(r"[\s\-–—.·_]+")


def code_make() -> str:
    """A new code, drawn at random."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def code_read(typed: str) -> str | None:
    """The code meant by what was typed: spaces, hyphens, lower case and misread figures forgiven.

    None when it cannot be a code.
    """
    text = _SPACES.sub("", typed[:60]).upper().translate(_MISREAD)
    return text if len(text) == LENGTH and all(letter in LETTERS for letter in text) else None


def code_shown(code: str) -> str:
    """« BCDF-GHJK-LMNP », as it is printed and read."""
    return "-".join(code[i : i + 4] for i in range(0, LENGTH, 4))
