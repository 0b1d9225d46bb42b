"""The self-assessment on paper: blank sheets to fill with a pen, and what came out."""

from __future__ import annotations

from string import ascii_uppercase
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from cops.charts.wheel import wheel_svg
from cops.formats import date_fr
from cops.pdf import qr_svg
from selfassess.enums import TOGETHER, Mode
from selfassess.models import Assessment, GridVersion, Participant
from selfassess.reading import evolution, outcome
from selfassess.reading.notes import own_notes
from selfassess.reading.papers import POSTER, blank_names

STYLE_SHEETS = (
    "static:css/pdf-tokens.css",
    "static:css/pdf.css",
    "static:css/pdf-assess.css",
)
EMPTY: list[int | None] = [0] * 12


def blank_html(version: GridVersion, name: str, wording: str = "") -> str | None:
    """One of ``blank_names``; None for another name."""
    instrument = version.read(wording)
    if name not in blank_names(instrument):
        return None
    role = instrument.members.get(name)
    labels = [one.label for one in instrument.members.values()]
    # A letter for each role: a box holds its earlier mark, a column is too narrow for words.
    earlier = list(zip(ascii_uppercase, labels, strict=False))
    named = instrument.title or version.grid.title
    address = settings.SITE_ORIGIN + version.grid.get_absolute_url()
    return _render(
        "poster" if name == POSTER else "blank",
        title=f"{named} — {blank_names(instrument)[name]}",
        running=f"Grille, version {version.number}",
        instrument=instrument,
        grid_title=named,
        paper={
            "name": name,
            "role": role.label if role else "Ensemble",
            "moment": instrument.moment(name),
            "together": name == TOGETHER,
            "earlier": earlier if name == TOGETHER else [],
        },
        # Without any tint: a pen shows, and the printer spares its ink.
        wheel=wheel_svg(
            EMPTY,
            title="Une roue vide, à colorier",
            uid="roue",
            labels="letters",
            waiting=range(len(EMPTY)),
        ),
        address=address,
        code=qr_svg(address, title="Code QR de la page de la grille"),
    )


def own_html(assessment: Assessment, me: Participant) -> str:
    """One's own wheel, its table and one's own notes."""
    role = assessment.instrument.members[me.role].label
    found = outcome.own(assessment, me) | outcome.help_for(assessment, [me.scores])
    found["notes"] = own_notes(assessment, me)
    if assessment.mode == Mode.ALONE:
        found |= evolution.since(assessment)
    return _of(assessment, "own", f"Ma roue — {role}", found)


def outcome_html(assessment: Assessment) -> str:
    """The comparison of a pair, or the medians of a group."""
    if assessment.mode == Mode.GROUP:
        return _of(assessment, "group", "La roue du groupe", outcome.of_group(assessment))
    return _of(assessment, "pair", "Nos deux roues", outcome.of_pair(assessment))


def joint_html(assessment: Assessment) -> str | None:
    """The joint wheel, the sentences, the decisions, and how it moved; None while there is none."""
    found = outcome.joint(assessment) | evolution.since(assessment)
    shown = ("joint_rows", "decisions", "before_decisions", "moments")
    if not any(found[name] for name in shown):
        return None
    return _of(assessment, "joint", "Notre roue commune", found)


def _of(assessment: Assessment, template: str, title: str, found: dict[str, Any]) -> str:
    day = date_fr(timezone.localdate(assessment.revealed_at or assessment.opened_at))
    return _render(
        template,
        title=f"{title} — {assessment.title}",
        heading=title,
        running=day,
        day=day,
        grid_title=assessment.title,
        instrument=assessment.instrument,
        assessment=assessment,
        **found,
    )


def _render(template: str, **context: Any) -> str:
    return render_to_string(
        f"selfassess/pdf/{template}.html",
        {
            **context,
            "style_sheets": STYLE_SHEETS,
            "site": settings.SITE,
            "origin": settings.SITE_ORIGIN,
        },
    )
