"""The practice path of a sheet, written in one go.

Its steps are most of what a sheet repeats; Django takes ten times longer to walk a
template's nodes than to join the same words. The PDF has its own template.
"""

from __future__ import annotations

from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from cops.formats import typography

register = template.Library()


@register.simple_tag
def path_steps(part: Any, tag: str) -> SafeString:
    """The steps of a part in order, each with its two lanes and what both do together.

    ``tag`` is the rank of the steps' titles; the texts were cleaned when they were saved.
    """
    anchor = escape(part.anchor)
    return mark_safe("\n".join([_step(step, anchor, tag) for step in part.steps]))  # noqa: S308


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
