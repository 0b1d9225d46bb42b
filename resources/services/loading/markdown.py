"""Markdown of the starting content, cut at its titles and turned into clean HTML once.

CommonMark and tables; raw HTML, images and code have no place in a sheet and are
faults, as is what the author meant as a link or as bold and is not one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from cops.content.reading import Sheet
from cops.content.schema import curly
from resources.services.cleaning import html_clean

_parser = MarkdownIt("commonmark", {"html": False}).enable("table")
_REFUSED = {
    "fence": "un bloc de code n’a pas sa place ici.",
    "code_block": "cette ligne est trop décalée : elle serait lue comme du code.",
    "code_inline": "les accents graves (code) n’ont pas leur place ici.",
    "image": "une image n’a pas sa place ici.",
    "hr": "un trait de séparation n’a pas sa place ici : mettez un titre.",
}
_LEFTOVERS = (
    (re.compile(r"\*\*|__"), "un passage en gras n’est pas fermé."),
    (re.compile(r"\]\("), "un lien est mal écrit, ou son adresse n’est pas admise."),
    (re.compile(r"</?[a-zA-Z][^>]*>"), "les balises HTML ne sont pas admises."),
)


@dataclass
class Block:
    """One top-level block of Markdown: its tokens, its first line in the file."""

    type: str
    tokens: list[Token]
    line: int


@dataclass
class Part:
    """A title of a given level and the blocks under it, up to the next title."""

    level: int
    title: str
    line: int
    blocks: list[Block] = field(default_factory=list)


def parts_read(body: str, sheet: Sheet, *, first_line: int) -> list[Part]:
    """The document as a flat list of titled parts; what precedes the first title has level 0."""
    blocks = _blocks(_parser.parse(body), first_line)
    parts = [Part(0, "", first_line)]
    for block in blocks:
        _check(block, sheet)
        if block.type != "heading_open":
            parts[-1].blocks.append(block)
            continue
        level = int(block.tokens[0].tag[1])
        title = curly("".join(t.content for t in block.tokens[1].children or []).strip())
        if level == 1 or level > 4:
            sheet.fault(block.line, "les titres ont deux, trois ou quatre dièses.")
            level = min(max(level, 2), 4)
        if not title or len(title) > 200:
            sheet.fault(block.line, "un titre compte de 1 à 200 signes.")
        above = parts[-1].level
        if level > max(above, 1) + 1:
            sheet.fault(block.line, f"ce titre saute un niveau (« {title} »).")
        parts.append(Part(level, title, block.line))
    return parts


def blocks_html(blocks: Sequence[Block]) -> str:
    """The blocks as clean HTML."""
    tokens = [token for block in blocks for token in block.tokens]
    return html_clean(_parser.renderer.render(tokens, _parser.options, {}))


def inline_html(tokens: Sequence[Token]) -> str:
    """The inline tokens as one clean paragraph."""
    renderer = cast(RendererHTML, _parser.renderer)
    words = renderer.renderInline(tokens, _parser.options, {})
    return html_clean(f"<p>{words.strip()}</p>")


def _blocks(tokens: list[Token], first_line: int) -> list[Block]:
    blocks: list[Block] = []
    depth = 0
    for token in tokens:
        if depth == 0:
            line = (token.map[0] if token.map else 0) + first_line
            blocks.append(Block(token.type, [], line))
        blocks[-1].tokens.append(token)
        depth += token.nesting
    return blocks


def _check(block: Block, sheet: Sheet) -> None:
    line = block.line
    for token in block.tokens:
        if token.map:
            line = token.map[0] - (block.tokens[0].map or [0])[0] + block.line
        if message := _REFUSED.get(token.type):
            sheet.fault(line, message)
        at = line
        for child in token.children or []:
            if message := _REFUSED.get(child.type):
                sheet.fault(at, message)
            if child.type in {"softbreak", "hardbreak"}:
                at += 1
            if child.type == "text":
                for pattern, complaint in _LEFTOVERS:
                    if pattern.search(child.content):
                        sheet.fault(at, complaint)
                child.content = curly(child.content)
