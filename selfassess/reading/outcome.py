"""What comes out of an assessment, as its pages and its PDFs show it."""

from __future__ import annotations

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


def own(assessment: Assessment, me: Participant) -> dict[str, Any]:
    """One person's wheel, its table, and how far they are."""
    instrument = assessment.instrument
    scores = wheel_scores(instrument, me.scores)
    return {
        "wheel": draw(scores, title="Votre roue", uid="roue"),
        "table": table(instrument, [me.scores]),
        "own_names": ["Mon niveau"],
        "answered": len(me.scores),
        "total": len(instrument.criteria),
        "is_whole": len(me.scores) == len(instrument.criteria),
    }


def of_pair(assessment: Assessment) -> dict[str, Any]:
    """Both wheels, side by side and one over the other, their gaps and what they agree on."""
    instrument = assessment.instrument
    pair = in_order(assessment)
    first, second = pair
    comparison = compare(instrument, first.scores, second.scores)
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
        "comparison": comparison,
        "pair_names": [instrument.members[one.role].label for one in pair],
        "agreed_title": _agreed(len(comparison.agreed)),
        "table": table(instrument, [first.scores, second.scores]),
        **help_for(assessment, [first.scores, second.scores]),
        **joint(assessment),
    }


def _agreed(number: int) -> str:
    """« Vous voyez ces 7 critères de la même façon. »"""
    if number == 1:
        return "Vous voyez un critère de la même façon."
    return f"Vous voyez {number} critères de la même façon."


def of_group(assessment: Assessment) -> dict[str, Any]:
    """The group: medians, spreads, levels by role, of those who sent theirs."""
    instrument = assessment.instrument
    members = [(one.role, one.scores) for one in sent(assessment)]
    lines = group_lines(instrument, members)
    return {
        "members": len(members),
        "lines": lines,
        "roles": [instrument.members[code] for code in lines[0].by_role],
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
                            uid="commune") if rows else "",
        "joint_table": table(instrument, [scores]) if rows else [],
        "joint_names": ["Notre niveau"],
        "joint_done": len(rows),
        "decisions": list(assessment.decisions.all()),
    }  # fmt: skip


def help_for(assessment: Assessment, wheels: list[dict[str, int | None]]) -> dict[str, Any]:
    """For each low axis, the sheets that help, read in one statement."""
    low: list[Axis] = low_axes(assessment.instrument, wheels)
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


def draw(scores: Wheel, *, title: str, uid: str, labels: str = "letters") -> SafeString:
    return wheel_svg(scores, title=title, uid=uid, labels=labels)


def table(
    instrument: Instrument, wheels: list[dict[str, int | None]]
) -> list[tuple[str, str, list[str]]]:
    """(axis, criterion, the mark in words of each wheel), in the order of the wheel."""
    return [
        (axis.label, criterion.label, [said(instrument, one, criterion.code) for one in wheels])
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
