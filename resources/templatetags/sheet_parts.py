"""What a sheet repeats: the lines of its contents, its chapters with their practice paths.

Each is written in one go; Django takes ten times longer to walk a template's nodes than to
join the same words. The PDF has its own templates.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from cops.formats import count_fr, typography

register = template.Library()


@register.simple_tag
def contents_lines(chapters: Iterable[Any]) -> SafeString:
    """The chapters of a sheet and their parts, each a link to its anchor."""
    return mark_safe("\n".join([_line(chapter) for chapter in chapters]))  # noqa: S308


def _line(part: Any) -> str:
    below = "".join([_line(one) for one in getattr(part, "parts", ())])
    link = f'<a href="#{escape(part.anchor)}">{escape(typography(part.title))}</a>'
    return f"<li>{link}{below and f'<ul>{below}</ul>'}</li>"


@register.simple_tag
def chapter_html(chapter: Any) -> SafeString:
    """A section and its parts, each with its practice path; ``cards`` sets the parts side by side.

    The texts were cleaned when they were saved.
    """
    pieces = [_part(chapter, "h2", "h3")]
    for part in chapter.parts:
        if chapter.cards:
            opening = f'<section class="value" aria-labelledby="{escape(part.anchor)}">'
            pieces += (opening, _part(part, "h3", "h4"), "</section>")
        else:
            pieces.append(_part(part, "h3", "h4"))
    if chapter.cards:
        pieces = [pieces[0], '<div class="values">', *pieces[1:], "</div>"]
    return mark_safe("\n".join(pieces))  # noqa: S308


def _part(part: Any, tag: str, under: str) -> str:
    title = f'<{tag} id="{escape(part.anchor)}">{escape(typography(part.title))}</{tag}>'
    return f"{title}\n{part.html}{_path(part, under) if part.steps else ''}"


def _path(part: Any, tag: str) -> str:
    """The steps in order, each with its two lanes and what both do together."""
    name = f'<p class="path-title">{escape(part.path_title)}</p>' if part.path_title else ""
    count = count_fr(len(part.steps), "étape,étapes")
    anchor = escape(part.anchor)
    steps = "\n".join([_step(step, anchor, tag) for step in part.steps])
    return f'\n{name}<ol class="path" role="list" aria-label="{count}">\n{steps}\n</ol>'


def _step(step: dict[str, Any], anchor: str, tag: str) -> str:
    number = int(step["number"])
    return (
        f'<li class="step"><{tag} class="step-title" id="{anchor}-etape-{number}">'
        f'<span class="step-number">{number}</span>{escape(typography(step["title"]))}</{tag}>'
        '<div class="lanes">'
        f"{_lane('partner', step['partner_label'], step['partner'])}"
        f"{_lane('professional', step['professional_label'], step['professional'])}"
        f"{_lane('together', 'Ensemble', step['actions'])}</div></li>"
    )


def _lane(name: str, title: str, text: SafeString) -> str:
    return f'<div class="lane lane-{name}"><p class="lane-name">{escape(title)}</p>{text}</div>'
