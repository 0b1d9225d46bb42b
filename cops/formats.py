"""French forms of dates, times, sizes and numbers, and the alphabetical key.

One module for page, PDF and mail: it is a template library too (built in, see
settings), so that ``{{ day|date_fr }}`` and a service write the same words.
No-break spaces: U+00A0 inside a date, a time or a size and before « : » and
inside « », U+202F (narrow) before ; ! ? and between thousands.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from html import unescape

from django import template
from django.utils import timezone
from django.utils.html import strip_tags

register = template.Library()

NBSP = "\u00a0"
NNBSP = "\u202f"
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet",
    "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_UNITS = "|".join(
    (
        *("heures?", "minutes?", "secondes?", "jours?", "semaines?", "mois", "ans?", "années?"),
        *("pages?", "euros?", "kg", "km", "cm", "ko", "Mo", "Go"),
    )
)
_MONTHS = "|".join(MONTHS)
# After a digit: what it counts, or the rest of a date, with the plain spaces to set. A number is
# never left alone at the end of a line.
COUNTED = (
    rf"(?:er)?(?: (?:{_UNITS})\b| (?:{_MONTHS})\b(?: (?=[12][0-9]{{3}}\b))?"
    rf"|{NBSP}(?:{_MONTHS}) (?=[12][0-9]{{3}}\b))"
)
# Controls, and the marks of direction that could show a name or an address backwards.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_ENDS_A_LINE = re.compile(r"</(?:p|h[1-6]|li|div|tr|blockquote|dt|dd)>|<br\s*/?>", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:l['’]\s*|d['’]\s*|(?:les|des|une|un|le|la|du)\s+)", re.IGNORECASE)


def unaccent(text: str) -> str:
    """The text in lower case, without accents, œ and æ in two letters, ’ as '."""
    text = text.replace("’", "'").casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def plain_lines(text: str) -> str:
    """What somebody typed, without what is not seen: controls, and marks that turn a line round."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_UNSEEN.sub("", line).rstrip() for line in lines).strip()


def one_line(text: str) -> str:
    """The same on a single line, with single spaces."""
    return " ".join(plain_lines(text.replace("\t", " ")).split())


def html_as_text(html: str) -> str:
    """The words of an HTML text, a line for each of its blocks."""
    lines = unescape(strip_tags(_ENDS_A_LINE.sub("\n", one_line(html)))).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def cell_safe(value: object) -> str:
    """A cell of a CSV that a spreadsheet shows and never runs: « =… » is a formula there."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def sort_key(text: str) -> str:
    """The key under which a title is filed A–Z in French, whatever the database's collation.

    A leading article or punctuation is skipped: « L’expérience » is filed at E.
    """
    plain = re.sub(r"^[\W_]+", "", text)
    plain = _ARTICLE.sub("", plain) or plain
    return re.sub(r"[^a-z0-9]+", " ", unaccent(plain)).strip()


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and value.tzinfo else value


@register.filter
def date_fr(value: date | datetime | None) -> str:
    """« 1er novembre 2026 », in Paris time; an empty string for None."""
    if not value:
        return ""
    day = _local(value)
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


@register.filter
def time_fr(value: datetime | None) -> str:
    """« 14 h 30 », « 9 h » on the hour."""
    if not value:
        return ""
    at = timezone.localtime(value) if value.tzinfo else value
    return f"{at.hour}{NBSP}h{NBSP}{at.minute:02d}" if at.minute else f"{at.hour}{NBSP}h"


@register.filter
def number_fr(value: float | int | None, digits: int = 0) -> str:
    """« 12 480 », « 2,4 » with digits=1; a half is rounded up, as at school."""
    if value is None or value == "":
        return ""
    if type(value) is int and not digits:  # the counts of a page of facets: no decimal is needed
        return f"{value:,}".replace(",", NNBSP).replace("-", "−")
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    # Adding 0 takes the sign from « −0 ».
    return f"{rounded + 0:,.{digits}f}".replace(",", NNBSP).replace(".", ",").replace("-", "−")


@register.filter
def percent_fr(value: float | None, digits: int = 0) -> str:
    """A share between 0 and 1 as « 41 % »."""
    return "" if value is None else f"{number_fr(value * 100, digits)}{NBSP}%"


@register.filter
def size_fr(octets: int | None) -> str:
    """« 180 ko », « 1,2 Mo », « 3 Go »: thousands of bytes, as French systems count."""
    if octets is None:
        return ""
    if octets < 1000:
        return f"{octets}{NBSP}octet{'s' if octets > 1 else ''}"
    if octets < 999_500:
        return f"{max(1, round(octets / 1000))}{NBSP}ko"
    unit, name = (10**6, "Mo") if octets < 999_950_000 else (10**9, "Go")
    return f"{number_fr(octets / unit, 1).removesuffix(',0')}{NBSP}{name}"


@register.filter
def count_fr(number: int, words: str) -> str:
    """« 1 fiche », « 3 fiches » from ``count_fr(n, "fiche,fiches")``; 0 takes the singular."""
    one, _, many = words.partition(",")
    return f"{number_fr(number)}{NBSP}{many or one + 's' if number > 1 else one}"


_COUNTED = re.compile(rf"(?<=[0-9]){COUNTED}")
_TO_SET = re.compile(
    rf"['«»]| [;:!?%]|[0-9](?: [0-9]|{COUNTED})|n° [0-9]|\b(?:art|p)\. [0-9]", re.IGNORECASE
)


@register.filter(is_safe=True)
def typography(text: str) -> str:
    """Straight apostrophes between letters to ’, and the no-break spaces of French."""
    if not _TO_SET.search(text):
        return text  # most titles and labels: a list sets a hundred of them
    return _typeset(text) if len(text) < _SHORT else _set(text)


def _set(text: str) -> str:
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    text = re.sub(r"«\s*", f"«{NBSP}", text)
    text = re.sub(r"\s*»", f"{NBSP}»", text)
    text = re.sub(r"\b(n°|art\.|p\.) (?=\d)", rf"\1{NBSP}", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=\S) (?=[;!?](?:\s|$|[)»<]))", NNBSP, text)
    text = re.sub(r"(?<=\S) (?=[:%](?:\s|$|[)»<]))", NBSP, text)
    text = _COUNTED.sub(lambda found: found[0].replace(" ", NBSP), text)
    return re.sub(r"(?<=\d) (?=\d{3}\b)", NNBSP, text)


# The same titles and summaries come again on every page; typed: a safe text stays apart.
_SHORT = 700
_typeset = lru_cache(maxsize=2048, typed=True)(_set)
