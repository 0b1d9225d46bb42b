"""Practice steps of the « Agir ! » sheets (rules: README of the starting content).

Inside « En pratique… », ``### <n>. <titre>`` is a step and n = 1 opens a new path. The
path's title is the last unnumbered ``###`` that owns ``####`` headings, else the
sheet's own title. A step is two lanes and a list; anything else is a fault.
"""

from __future__ import annotations

import re
from typing import Any

from cops.content.reading import Sheet
from resources.services.loading.markdown import Block, Part, blocks_html, inline_html

OWN_TITLE = "Pas à pas"
_STEP = re.compile(r"^(\d+)\.\s+(\S.*)$")


def practice_read(parts: list[Part], sheet_title: str, sheet: Sheet) -> list[dict[str, Any]]:
    """The level-3 sections of « En pratique », in the order of the document."""
    sections: list[dict[str, Any]] = []
    path: dict[str, Any] | None = None
    owner: dict[str, Any] | None = None
    for index, part in enumerate(parts):
        if part.level == 4:
            if not sections:
                continue  # a skipped level, already a fault
            sections[-1]["source_html"] += f"<h4>{_escaped(part.title)}</h4>"
            sections[-1]["source_html"] += blocks_html(part.blocks)
            continue
        step = _STEP.match(part.title)
        if step is None:
            path = None
            section = _section(part.title, blocks_html(part.blocks))
            sections.append(section)
            if index + 1 < len(parts) and parts[index + 1].level == 4:
                owner = section
            continue
        number = int(step[1])
        if number == 1:
            path, owner = _open_path(sections, owner, sheet_title), None
        elif path is None or number != len(path["steps"]) + 1:
            sheet.fault(part.line, f"l’étape {number} ne suit pas l’étape {number - 1}.")
            continue
        if index + 1 < len(parts) and parts[index + 1].level == 4:
            sheet.fault(parts[index + 1].line, "une étape ne contient pas de titre.")
        path["steps"].append(_step(part, number, step[2], sheet))
    return sections


def _section(title: str, html: str) -> dict[str, Any]:
    return {"title": title, "level": 3, "kind": "text", "source_html": html, "path": None}


def _open_path(
    sections: list[dict[str, Any]], owner: dict[str, Any] | None, sheet_title: str
) -> dict[str, Any]:
    path: dict[str, Any] = {"title": sheet_title, "steps": []}
    if owner is None:
        owner = _section(OWN_TITLE, "")
        sections.append(owner)
    else:
        path["title"] = owner["title"]
    owner["kind"] = "path"
    owner["path"] = path
    return path


def _step(part: Part, number: int, title: str, sheet: Sheet) -> dict[str, Any]:
    step: dict[str, Any] = {
        "number": number,
        "title": title,
        "partner_label": "",
        "partner_html": "",
        "professional_label": "",
        "professional_html": "",
        "actions_html": "",
    }
    kinds = [block.type for block in part.blocks]
    if kinds != ["paragraph_open", "paragraph_open", "bullet_list_open"]:
        sheet.fault(
            part.line,
            f"l’étape {number} compte deux paragraphes « **qui :** … » puis une liste d’actions.",
        )
        return step
    for lane, block in zip(("partner", "professional"), part.blocks, strict=False):
        label, html = _lane(block, sheet)
        step[f"{lane}_label"], step[f"{lane}_html"] = label, html
    step["actions_html"] = blocks_html(part.blocks[2:])
    return step


def _lane(block: Block, sheet: Sheet) -> tuple[str, str]:
    """« **Qui :** vous dites… » as the label and a paragraph that begins a sentence."""
    words = block.tokens[1].children or []
    shape = [token.type for token in words if token.content or token.type != "text"][:3]
    first = [token for token in words if token.content or token.type != "text"]
    if shape != ["strong_open", "text", "strong_close"] or not first[1].content.rstrip().endswith(
        ":"
    ):
        sheet.fault(block.line, "ce paragraphe commence par « **qui :** ».")
        return "", ""
    label = first[1].content.rstrip().rstrip(":").rstrip()
    rest = first[3:]
    if not rest or not label or len(label) > 120:
        sheet.fault(block.line, "ce paragraphe dit qui (120 signes au plus), puis ce qu’il fait.")
        return "", ""
    if rest[0].type == "text":
        start = rest[0].content.lstrip()
        rest[0].content = start[:1].upper() + start[1:]
    return label, inline_html(rest)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
