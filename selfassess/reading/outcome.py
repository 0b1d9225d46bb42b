"""What comes out of an assessment, as its pages and its PDFs show it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.safestring import SafeString

from cops.charts.wheel import wheel_svg
from cops.pdf import qr_svg
from selfassess.enums import Mode
from selfassess.instrument import Axis, Criterion, Instrument
from selfassess.models import Assessment, Participant
from selfassess.reading.comparing import compare, low_axes, wheel_scores
from selfassess.reading.grids import sheets_for
from selfassess.reading.grouping import group_lines, group_wheel

Wheel = list[int | None]
OWN, JOINT = ["Mon niveau"], ["Notre niveau"]


def own(assessment: Assessment, me: Participant) -> dict[str, Any]:
    """One person's wheel, its table, and how far they are."""
    instrument = assessment.instrument
    scores = wheel_scores(instrument, me.scores)
    return {
        "wheel": draw(scores, title="Votre roue", uid="roue",
                      waiting=waiting(instrument, me.scores)),
        "table": table(instrument, OWN, [me.scores]),
        "own_names": OWN,
        "answered": len(me.scores),
        "total": len(instrument.criteria),
        "is_whole": len(me.scores) == len(instrument.criteria),
    }  # fmt: skip


def progress(assessment: Assessment, me: Participant) -> list[dict[str, Any]]:
    """Each axis with how many of its criteria are answered."""
    return [
        {"axis": axis, "done": sum(one.code in me.scores for one in axis.criteria)}
        for axis in assessment.instrument.axes
    ]


def of_pair(assessment: Assessment) -> dict[str, Any]:
    """Both wheels, side by side and one over the other, their gaps and what they agree on."""
    instrument = assessment.instrument
    pair = in_order(assessment)
    first, second = pair
    comparison = compare(instrument, first.scores, second.scores)
    names = [instrument.members[one.role].label for one in pair]
    return {
        "pair": [
            {
                "label": instrument.members[one.role].label,
                "name": one.name,
                "wheel": draw(
                    wheel_scores(instrument, one.scores),
                    title=f"La roue de : {instrument.members[one.role].label}",
                    uid=f"roue-{rank}",
                ),
            }
            for rank, one in enumerate(pair, start=1)
        ],
        "superposed": draw(
            wheel_scores(instrument, first.scores),
            over=wheel_scores(instrument, second.scores),
            title="Les deux roues, l’une sur l’autre",
            uid="deux",
        ),
        "comparison": comparison,
        "pair_names": names,
        "agreed_title": _agreed(len(comparison.agreed)),
        "table": table(instrument, names, [first.scores, second.scores]),
        **help_for(assessment, [first.scores], [second.scores]),
        **joint(assessment),
    }


def _agreed(number: int) -> str:
    """« Vous voyez ces 7 critères de la même façon. »"""
    if number == 1:
        return "Vous voyez un critère de la même façon."
    if number == 12:
        return "Vous voyez les douze critères de la même façon."
    return f"Vous voyez {number} critères de la même façon."


def of_group(assessment: Assessment) -> dict[str, Any]:
    """The group: medians, spreads, levels by role, of those who sent theirs."""
    instrument = assessment.instrument
    members = [(one.role, one.scores) for one in sent(assessment)]
    lines = group_lines(instrument, members)
    roles = [instrument.members[code] for code in lines[0].by_role]
    return {
        "members": len(members),
        "lines": lines,
        "roles": roles,
        "rows": [(line, list(zip(roles, line.by_role.values(), strict=True))) for line in lines],
        "wheel": draw(group_wheel(lines), title="La roue du groupe", uid="groupe"),
        "widest": sorted(
            (line for line in lines if line.spread and line.spread > 1),
            key=lambda line: -(line.spread or 0),
        )[:4],
        **help_for(assessment, [scores for _, scores in members]),
        **joint(assessment),
    }


def joint(assessment: Assessment) -> dict[str, Any]:
    """What was agreed on so far, and the decisions."""
    instrument = assessment.instrument
    rows = {row.criterion: row for row in assessment.joint_scores.all()}
    scores = {code: row.value for code, row in rows.items()}
    return {
        "joint_rows": rows,
        "joint_wheel": draw(wheel_scores(instrument, scores), title="Votre roue commune",
                            uid="commune", waiting=waiting(instrument, scores)) if rows else "",
        "joint_table": table(instrument, JOINT, [scores]) if rows else [],
        "joint_names": JOINT,
        "joint_done": len(rows),
        "sentences": [(criterion.label, rows[code].sentence)
                      for code, criterion in instrument.criteria.items()
                      if code in rows and rows[code].sentence],
        "decisions": list(assessment.decisions.all()),
    }  # fmt: skip


def help_for(assessment: Assessment, *eyes: list[dict[str, int | None]]) -> dict[str, Any]:
    """For each axis low for any of ``eyes``, the sheets that help, read in one statement."""
    low: list[Axis] = low_axes(assessment.instrument, *eyes)
    sheets = sheets_for([slug for axis in low for slug in axis.sheets])
    return {
        "low": [(axis, [sheets[slug] for slug in axis.sheets if slug in sheets]) for axis in low]
    }


def sent(assessment: Assessment) -> list[Participant]:
    """Those who sent their wheel, in the order in which they came."""
    rows = assessment.participants.filter(submitted_at__isnull=False)
    return list(rows.order_by("joined_at", "pk"))


def in_order(assessment: Assessment) -> list[Participant]:
    """The two of a pair, in the order of the roles of the grid."""
    ranks = {code: rank for rank, code in enumerate(assessment.instrument.members)}
    return sorted(sent(assessment), key=lambda one: ranks.get(one.role, 0))


def draw(
    scores: Wheel,
    *,
    title: str,
    uid: str,
    labels: str = "letters",
    waiting: Collection[int] = (),
    over: Wheel | None = None,
) -> SafeString:
    """See cops.charts.wheel.wheel_svg."""
    return wheel_svg(scores, title=title, uid=uid, labels=labels, waiting=waiting, over=over)


def face_down() -> SafeString:
    """The same wheel for everybody, whatever they answered: it waits to be turned over."""
    return draw([0] * 12, title="Une roue, face cachée", uid="cachee", waiting=range(12))


def waiting(instrument: Instrument, scores: Mapping[str, int | None]) -> list[int]:
    """The ranks of the criteria that have no mark yet."""
    return [rank for rank, code in enumerate(instrument.criteria) if code not in scores]


def table(
    instrument: Instrument, names: list[str], wheels: list[dict[str, int | None]]
) -> list[dict[str, Any]]:
    """Each criterion with the mark in words of each wheel, by name, in the order of the wheel."""
    return [
        {
            "axis": axis.label,
            "hue": axis.hue,
            "label": criterion.label,
            "marks": [
                (name, said(instrument, one, criterion.code))
                for name, one in zip(names, wheels, strict=True)
            ],
        }
        for axis in instrument.axes
        for criterion in axis.criteria
    ]


def said(instrument: Instrument, scores: dict[str, int | None], code: str) -> str:
    """« 3 — Participation », « non concerné », or « pas encore »."""
    if code not in scores:
        return "pas encore"
    mark = scores[code]
    return "non concerné" if mark is None else f"{mark} — {instrument.level(mark).label}"


def qr(link: str) -> dict[str, str]:
    return {"qr": qr_svg(link, title="Code QR du lien")}


def marks_of(assessment: Assessment, criterion: Criterion) -> dict[str, Any]:
    """What each one had answered for a criterion; for a group, how many at each level."""
    instrument = assessment.instrument
    if assessment.mode == Mode.GROUP:
        members = [(one.role, one.scores) for one in sent(assessment)]
        line = next(one for one in group_lines(instrument, members)
                    if one.criterion.code == criterion.code)  # fmt: skip
        return {"group_line": line, "marks": []}
    return {
        "group_line": None,
        "marks": [
            (
                instrument.members[one.role].label,
                one.name,
                said(instrument, one.scores, criterion.code),
            )
            for one in in_order(assessment)
        ],
    }
