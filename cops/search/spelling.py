"""One normal form for what is indexed and what is asked.

Both sides pass through it, so that « pair-aidance » finds « pair aidance » and a
typographic apostrophe finds a straight one.
"""

from __future__ import annotations

import re
import unicodedata

from cops.formats import unaccent

QUERY_LENGTH = 200

# Before NFKC, which would split ´ into a space and a combining accent.
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ´`′", "'"),
        **dict.fromkeys("«»“”„", '"'),
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
    }
)
_INCLUSIVE = re.compile(r"(?<=\w)[·•‧]\w+(?:[·•‧]\w+)?")
_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?")
_HYPHEN = re.compile(r"(?<=\w)[-‐‑‒–—−]+(?=\w)")
# Postgres reads « et/ou » as the path of a file, « a_b » as one word and, where the database
# has the locale C, any sign beyond ASCII as a letter: only what means something stays.
_SIGNS = re.compile(r"""[^\w\s"'.@-]|_""")
_SPACES = re.compile(r"\s+")


def _printable(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":  # a tab or a line end parts two words
        return " " if character != "\0" else ""
    return "" if category[0] == "C" else character


def printable(text: str) -> str:
    """The text without NUL, controls, invisible joiners, lone surrogates and private characters."""
    return text if text.isascii() and text.isprintable() else "".join(map(_printable, text))


def normalise(text: str, *, limit: int | None = QUERY_LENGTH) -> str:
    """The searchable form of a text, accents and case kept (the database folds these).

    Control characters out, NFKC, ’ to ', « » to ", œ to oe, other signs and the hyphen
    between letters to a space, « E.T.P. » to « ETP », « patient·e·s » to « patient ».
    ``limit`` is the number of characters kept: 200 for a query, None for what is indexed.
    """
    text = unicodedata.normalize("NFKC", printable(text).translate(_LETTERS))
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), _INCLUSIVE.sub("", text))
    text = _SIGNS.sub(" ", _HYPHEN.sub(" ", text))
    return _SPACES.sub(" ", text).strip()[:limit].strip()


def is_cut(text: str) -> bool:
    """Whether normalise() leaves out the end of a query; the page then says so."""
    return len(normalise(text, limit=None)) > QUERY_LENGTH


def fold(text: str) -> str:
    """The normal form in lower case without accents, words parted by one space: for names."""
    return " ".join(re.findall(r"\w+", unaccent(normalise(text, limit=None))))


def name_key(text: str) -> str:
    """The folded form without the mark of the plural: two writings of one name have one key."""
    words = fold(text).split()
    return " ".join(word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in words)
