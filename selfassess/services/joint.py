"""The joint moment: levels agreed on, decisions, and what became of those of last time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.core.exceptions import ValidationError
from django.db import transaction

from selfassess.enums import Done
from selfassess.models import Assessment, Decision, JointScore
from selfassess.models.joint import MOST_DECISIONS
from selfassess.services.answers import texts_merged
from selfassess.services.assessments import assessment_moved, lock

LONGEST_SENTENCE = 300
MANY = "Cinq décisions au plus : gardez les plus importantes."
# Above, a decision said again in other words is the same one; below, another took its place.
SAME = 0.6


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One line of « Ce que nous décidons »."""

    what: str
    who: str = ""
    when: str = ""

    @property
    def trimmed(self) -> Decided:
        """As it is kept; without a « what », nothing."""
        what = self.what.strip()[:200]
        return Decided(what=what, who=self.who.strip()[:80], when=self.when.strip()[:80]) \
            if what else NOTHING  # fmt: skip


NOTHING = Decided(what="")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What became of the lines of a screen: those of another screen are never written over."""

    lines: list[Decided]
    twice: bool = False  # a decision said differently on two screens: both are kept
    stayed: bool = False  # one that was to be removed had changed meanwhile: it is still there


class TwoSentences(ValidationError):
    """Two screens wrote each its own, too long to be kept together; ``kept`` is the other one."""

    def __init__(self, kept: str) -> None:
        super().__init__(
            f"L’autre écran a écrit : « {kept} ». Les deux phrases ne tiennent pas en"
            f" {LONGEST_SENTENCE} caractères. Validez à nouveau pour mettre la vôtre à sa place,"
            " ou recopiez-y ce que vous voulez garder.",
            code="both",
        )
        self.kept = kept


class NoRoom(ValidationError):
    """Five are kept, and another screen wrote meanwhile on these lines (from 0)."""

    def __init__(self, lines: list[int]) -> None:
        super().__init__(MANY, code="many")
        self.lines = lines


@transaction.atomic
def joint_score_set(
    *,
    assessment: Assessment,
    criterion: str,
    value: int | None,
    sentence: str = "",
    seen: str = "",
) -> JointScore:
    """The level agreed on for a criterion; the last one said wins.

    A sentence is never written over unseen: ``seen`` is what this screen was shown of it, and
    one that another screen wrote meanwhile stays above the new one.

    Raises ValidationError; TwoSentences when both do not fit.
    """
    locked = _revealed(assessment)
    if criterion not in locked.instrument.criteria:
        raise ValidationError("Cette question n’est pas dans la grille.", code="unknown")
    if value is not None and value not in range(5):
        raise ValidationError("Un niveau va de 0 à 4.", code="range")
    known = locked.joint_scores.filter(criterion=criterion).first()
    kept = known.sentence if known else ""
    text = texts_merged(kept, sentence.strip()[:LONGEST_SENTENCE], seen)
    if len(text) > LONGEST_SENTENCE:
        raise TwoSentences(kept)
    score, _ = JointScore.objects.update_or_create(
        assessment=locked, criterion=criterion, defaults={"value": value, "sentence": text}
    )
    assessment_moved(locked)
    return score


def decided(assessment: Assessment) -> list[Decided]:
    """The five lines as they are kept: a decision stays on its own, one removed leaves it empty."""
    rows = {row.position: row for row in assessment.decisions.all()}
    return [
        Decided(what=row.what, who=row.who, when=row.when) if (row := rows.get(line)) else NOTHING
        for line in range(1, MOST_DECISIONS + 1)
    ]


@transaction.atomic
def decisions_set(
    *,
    assessment: Assessment,
    decisions: Sequence[Decided],
    seen: Sequence[Decided] | None = None,
) -> Kept:
    """Write the lines of « Ce que nous décidons », five at most.

    ``seen`` is what this screen was shown of each: a line left as it was says nothing, and one
    that another screen wrote meanwhile stays; the new one goes to a free line. Without it, the
    decisions replace those that are kept. Raises ValidationError; NoRoom when no line is free.
    """
    locked = _revealed(assessment)
    if len(decisions) > MOST_DECISIONS:
        raise ValidationError(MANY, code="many")
    before = decided(locked)
    said = [one.trimmed for one in decisions]
    said += [NOTHING] * (MOST_DECISIONS - len(said))
    kept = _merged(before, said, before if seen is None else [one.trimmed for one in seen])
    if kept.lines != before:
        _write(locked, kept.lines)
        assessment_moved(locked)
    return kept


def _merged(kept: list[Decided], said: list[Decided], seen: list[Decided]) -> Kept:
    lines, displaced, stayed = list(kept), [], False
    for line, (mine, shown) in enumerate(zip(said, seen, strict=True)):
        if mine in (shown, kept[line]):
            continue
        if kept[line] in (shown, NOTHING):
            lines[line] = mine
        elif mine == NOTHING:
            stayed = True
        else:
            displaced.append(line)
    twice, full = False, []
    for line in displaced:
        if said[line] in lines:  # the same page, sent twice
            continue
        if NOTHING not in lines:
            full.append(line)
            continue
        lines[lines.index(NOTHING)] = said[line]
        twice = twice or seen[line] != NOTHING
    if full:
        raise NoRoom(full)
    return Kept(lines=lines, twice=twice, stayed=stayed)


def _write(assessment: Assessment, lines: list[Decided]) -> None:
    before = {row.position: row for row in assessment.decisions.all()}
    done = {row.what: row.done for row in before.values()}
    words = {one.what for one in lines}
    for position, one in enumerate(lines, start=1):
        row = before.get(position)
        if one == NOTHING:
            if row is not None:
                row.delete()
            continue
        # What became of a decision goes where its words go; a slip of the pen changes nothing.
        ticked = done.get(one.what, "")
        if one.what not in done and row is not None and row.what not in words:
            alike = SequenceMatcher(None, row.what, one.what, autojunk=False).ratio()
            ticked = row.done if alike >= SAME else ""
        Decision.objects.update_or_create(
            assessment=assessment,
            position=position,
            defaults={"what": one.what, "who": one.who, "when": one.when, "done": ticked},
        )


@transaction.atomic
def decision_tick(*, assessment: Assessment, position: int, done: str) -> Decision:
    """Say what became of a decision of this assessment. Raises ValidationError."""
    if done and done not in Done.values:
        raise ValidationError("Choisissez une des réponses.")
    row = assessment.decisions.select_for_update().filter(position=position).first()
    if row is None:
        raise ValidationError("Cette décision n’existe plus.", code="gone")
    row.done = done
    row.save(update_fields=["done"])
    # It is ticked, and shown, on the screens of the time after.
    for following in assessment.followed_by.all():
        assessment_moved(following)
    return row


def _revealed(assessment: Assessment) -> Assessment:
    locked = lock(assessment)
    if locked.revealed_at is None:
        raise ValidationError("Le moment commun vient après les réponses de chacun.", code="early")
    return locked
