"""Cleaned HTML as a list of paragraphs, and back.

A paragraph is a block of the text: a paragraph, a title, one item of a list, a quotation, a
whole table. The items of one list stand one by one, so that a changed item is shown and put
back alone.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable
from dataclasses import dataclass

from resources.services.cleaning import pieces, tag_name

_LISTS = {"ul", "ol"}
_BLOCK = {"p", "h3", "h4", "ul", "ol", "blockquote", "table", "figure"}
_ALT = re.compile(r'\salt="([^"]*)"')
_LINK = re.compile(r'<a href="([^"]*)"[^>]*>')


@dataclass(frozen=True)
class Block:
    """``html`` is whole and well formed; ``inside`` the opening tag of its list, or empty."""

    html: str
    inside: str = ""

    @property
    def name(self) -> str:
        return tag_name(self.html) if self.html.startswith("<") else "p"

    @property
    def words(self) -> str:
        """The text as one reads it, the address of a link in brackets behind its words."""
        return _words(self.html)


def blocks_of(html: str) -> list[Block]:
    """The paragraphs of a cleaned text."""
    blocks: list[Block] = []
    current: list[str] = []
    depth, inside = 0, ""

    def close() -> None:
        text = "".join(current).strip()
        current.clear()
        if text:
            blocks.append(Block(text, inside))

    for is_tag, piece in pieces(html):
        name = tag_name(piece) if is_tag else ""
        closing = piece.startswith("</")
        if name == "img" and depth == 0:
            close()
            current.append(piece)
            close()
        elif (
            not is_tag
            or name in ("br", "img")
            or (depth == 0 and name not in _BLOCK and not inside)
        ):
            current.append(piece)
        elif not closing and depth == 0 and name in _LISTS and not inside:
            close()  # words that stand in no paragraph
            inside = piece
        elif closing and depth == 0 and name in _LISTS:
            close()
            inside = ""
        else:
            if depth == 0 and not closing:
                close()
            current.append(piece)
            depth += -1 if closing else 1
            if depth == 0:
                close()
    close()
    return blocks


def html_of(blocks: Iterable[Block]) -> str:
    """The text of paragraphs; neighbours that come from a like list stand in one."""
    html: list[str] = []
    inside = ""
    for block in blocks:
        if block.inside != inside:
            if inside:
                html.append(f"</{tag_name(inside)}>")
            html.append(block.inside)
            inside = block.inside
        html.append(block.html)
    if inside:
        html.append(f"</{tag_name(inside)}>")
    return "".join(html)


def _words(html: str) -> str:
    text: list[str] = []
    address = ""
    for is_tag, piece in pieces(html):
        if not is_tag:
            text.append(entities.unescape(piece))
        elif tag_name(piece) == "img":
            told = _ALT.search(piece)
            text.append(f" [image : {entities.unescape(told[1]) if told else ''}] ")
        elif link := _LINK.match(piece):
            address = entities.unescape(link[1])
        elif piece == "</a>":
            text.append(f" [{address}]" if address else "")
            address = ""
        elif tag_name(piece) not in {"strong", "em"}:
            text.append(" ")
    return " ".join("".join(text).split())
