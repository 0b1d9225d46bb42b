"""What changed inside one paragraph: words taken out, words put in."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape

from django.utils.safestring import SafeString, mark_safe

_TOKEN = re.compile(r"\s+|[^\W\d_]+(?:[’'][^\W\d_]+)*|\d+|[^\w\s]|_", re.UNICODE)
_WORD = re.compile(r"\w+")
# Above that many words, comparing word by word takes longer than a page may.
TOKENS_AT_MOST = 3000


def marked(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Both texts as HTML, with what differs in ``<del>`` and in ``<ins>``.

    Hidden words say it to who hears the page.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(before), len(after)) > TOKENS_AT_MOST:
        return removed(old), added(new)
    left: list[str] = []
    right: list[str] = []
    for op, i1, i2, j1, j2 in _joined(before, after):
        taken, put = "".join(before[i1:i2]), "".join(after[j1:j2])
        if op == "equal":
            left.append(escape(taken))
            right.append(escape(put))
            continue
        left.append(removed(taken))
        right.append(added(put))
    return _safe("".join(left)), _safe("".join(right))


def removed(text: str) -> SafeString:
    return _mark("del", "supprimé", text)


def added(text: str) -> SafeString:
    return _mark("ins", "ajouté", text)


def likeness(old: str, new: str) -> float:
    """From 0 to 1, how much two paragraphs have in common; quick, by words."""
    before, after = _WORD.findall(old.lower()), _WORD.findall(new.lower())
    if not before or not after:
        return 0.0
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > 0.3 else 0.0


def _joined(before: list[str], after: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Differences, where a lone space between two of them belongs to them."""
    rows: list[tuple[str, int, int, int, int]] = []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        space = op == "equal" and not "".join(before[i1:i2]).strip()
        kind = "equal" if op == "equal" and not space else "replace"
        if rows and rows[-1][0] == "replace" and (kind == "replace"):
            _, a1, _, b1, _ = rows[-1]
            rows[-1] = ("replace", a1, i2, b1, j2)
        else:
            rows.append(("equal" if space else kind, i1, i2, j1, j2))
    # A difference that ends in a space both have gives it back.
    return rows


def _mark(tag: str, word: str, text: str) -> SafeString:
    if not text:
        return _safe("")
    hidden = f'<span class="visually-hidden"> [{word} : </span>'
    end = '<span class="visually-hidden">] </span>'
    return _safe(f"<{tag}>{hidden}{escape(text)}{end}</{tag}>")


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - every text is escaped above
