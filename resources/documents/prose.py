"""Rich text made fit for paper: what a screen needs is taken out, what paper needs is put in.

The text was cleaned when it was saved (resources.services.cleaning); this changes its form only.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from lxml import html
from lxml.html import HtmlElement

from resources.pictures import FOLDER, picture_name

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
# A word longer than any of the language would push a table out of the page: it may break there.
_ENDLESS = re.compile(r"\S{30}(?=\S)")
_KEPT_ATTRIBUTES = {"href", "scope", "colspan", "rowspan", "start", "id", "src", "alt"}
_DROPPED = ("svg", "button", "script", "style", "iframe", "object")


@dataclass(frozen=True)
class Surroundings:
    """What a text leans on: the portal's origin, the document's anchors, the terms it defines."""

    origin: str
    anchors: Set[str] = frozenset()
    terms: Set[str] = frozenset()


def on_paper(text: str, around: Surroundings, *, level: int) -> SafeString:
    """The text of a section whose own title is a heading of that level (0 where none may stand).

    The mark of a term becomes a quiet underline where the document defines it, addresses
    of the portal become whole, links to an anchor that the document has not become plain
    text, and no heading skips a level.
    """
    if not text.strip():
        return SafeString("")
    root = html.fragment_fromstring(text, create_parent="div")
    for element in list(root.iter(*_DROPPED)):
        element.drop_tree()
    for picture in list(root.iter("img")):
        _mend_picture(picture)
    last = level
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            element.drop_tree()
        elif element is not root:
            last = _mend(element, last, level, around)
    written = html.tostring(root, encoding="unicode")
    # Its own <div> aside: the cleaner wrote the rest, and lxml wrote it again, escaped.
    return mark_safe(written[len("<div>") : -len("</div>")])  # noqa: S308


def _mend(element: HtmlElement, last: int, level: int, around: Surroundings) -> int:
    """Change one element in place; returns the level of the last heading."""
    tag = element.tag
    term = element.get("data-term", "")
    for name in set(element.attrib) - _KEPT_ATTRIBUTES:
        del element.attrib[name]
    if tag in _HEADINGS:
        last = min(max(_HEADINGS[tag], level + 1), last + 1, 6)
        element.tag = f"h{last}" if level else "p"
        if level:
            element.set("class", element.tag)
    elif tag in ("div", "section"):
        element.drop_tag()
    elif tag in ("td", "th"):
        for inner in element.iter():
            inner.text = _ENDLESS.sub(_breakable, inner.text or "")
            inner.tail = _ENDLESS.sub(_breakable, inner.tail or "")
    elif tag == "a":
        _mend_link(element, term, around)
    return last


def _mend_picture(picture: HtmlElement) -> None:
    """A picture of ours is read from where it is stored; without words, it is an ornament."""
    name = picture_name(picture.get("src", ""))
    if not name:
        picture.drop_tree()
        return
    words = picture.get("alt", "")
    picture.attrib.clear()
    picture.set("src", f"media:{FOLDER}/{name}")
    picture.set("alt", words)


def _breakable(found: re.Match[str]) -> str:
    return found[0] + "\u200b"


def _mend_link(link: HtmlElement, term: str, around: Surroundings) -> None:
    href = link.get("href", "")
    if term or not href or (href.startswith("#") and href[1:] not in around.anchors):
        link.attrib.clear()
        link.tag = "span"
        if term in around.terms:
            link.set("class", "term")
    elif href.startswith("/"):
        link.set("href", around.origin + href)
