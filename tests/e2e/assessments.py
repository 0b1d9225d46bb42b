"""Self-assessments at each of their moments, in the portal of the browser tests.

``made()`` runs inside it: it makes them all, a page's address a line.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from selfassess.enums import Mode
from selfassess.models import Assessment, Grid, Participant, SharedScore
from selfassess.reading.grids import version_in_use
from selfassess.services.answers import answers_save, answers_send
from selfassess.services.assessments import (
    Opened,
    assessment_again,
    assessment_delete,
    assessment_open,
    assessment_reveal,
    participant_join,
)
from selfassess.services.joint import Decided, decisions_set, joint_score_set
from tests.e2e.portal import Portal

PRO, PARTNER = "professionnel", "partenaire"
ONE = [3, 4, 2, 2, 3, 3, 1, 3, 2, 3, None, 1]
OTHER = [2, 3, 2, 4, 1, 3, 0, 0, 1, 2, 2, 1]
LONG = "Relire à deux le livret d’accueil, remplacer chaque mot difficile, puis le faire relire."


def addresses(site: Portal) -> dict[str, str]:
    """The pages of a self-assessment by name."""
    code = "from tests.e2e.assessments import made; print(made())"
    said = site.run(code)
    rows = (line.partition("=") for line in said.splitlines() if "=/" in line)
    return {name: address for name, _, address in rows}


def made() -> str:
    pages = (*_answering(), *_pairs(), *_again(), *_groups())
    return "\n".join(f"{name}={address}" for name, address in pages)


def _open(mode: str, slug: str = "soins-cliniques-et-educatifs", **fields: object) -> Opened:
    grid = Grid.objects.get(slug=slug)
    return assessment_open(version=version_in_use(grid), mode=mode, **fields)  # type: ignore[arg-type]


def _fill(
    assessment: Assessment, role: str, marks: list[int | None], *, name: str = "", send: bool = True
) -> str:
    """Somebody's secret, once they have answered."""
    me, secret = participant_join(assessment=assessment, role=role, name=name)
    scores = dict(zip(assessment.instrument.criteria, marks, strict=False))
    answers_save(participant=me, scores=scores)
    if send:
        answers_send(participant=me)
    return secret


def _mine(opened: Opened, secret: str, page: str = "") -> str:
    return f"/autoevaluation/e/{opened.code}/p/{secret}/{page}"


def _manage(opened: Opened, page: str = "") -> str:
    return f"/autoevaluation/e/{opened.code}/g/{opened.manager}/{page}"


def _answering() -> list[tuple[str, str]]:
    alone = _open(Mode.ALONE)
    secret = _fill(alone.assessment, PARTNER, [3, None, 0], send=False)
    done = _open(Mode.ALONE)
    own = _fill(done.assessment, PARTNER, ONE)
    earlier = Participant.objects.get(assessment=done.assessment)
    once_more, kept = assessment_again(me=earlier)
    second = Participant.objects.get(assessment=once_more.assessment)
    levels = dict(zip(once_more.assessment.instrument.criteria, OTHER, strict=True))
    answers_save(participant=second, scores=levels)
    answers_send(participant=second)
    device = _open(Mode.DEVICE)
    first = _fill(device.assessment, PRO, ONE)
    return [
        ("join", f"/autoevaluation/e/{_open(Mode.PAIR).code}/"),
        ("answer", _mine(alone, secret, "repondre/?axe=1")),
        ("answer all", _mine(alone, secret, "repondre/?axe=tout")),
        ("review", _mine(alone, secret, "relire/")),
        ("keep", _mine(alone, secret, "lien/")),
        ("alone", _mine(done, own)),
        ("alone again", _mine(once_more, kept)),
        ("region", _mine(done, own, "region/")),
        ("remind", _mine(done, own, "rappel/")),
        ("again", _mine(done, own, "encore/")),
        ("hand over", _mine(device, first)),
    ]


def _pairs() -> list[tuple[str, str]]:
    waiting = _open(Mode.PAIR)
    one = _fill(waiting.assessment, PRO, ONE)
    late = _open(Mode.PAIR)
    left = _fill(late.assessment, PRO, ONE)
    Participant.objects.filter(assessment=late.assessment).update(
        submitted_at=timezone.now() - timedelta(days=40)
    )
    pair = _open(Mode.PAIR)
    first = _fill(pair.assessment, PRO, ONE, name="Marie-Antoinette de la Tour du")
    _fill(pair.assessment, PARTNER, OTHER, name="Jean-Christophe-Emmanuel Dupon")
    gone = _open(Mode.PAIR)
    erased = _fill(gone.assessment, PRO, ONE)
    assessment_delete(assessment=gone.assessment)
    return [
        ("manage", _manage(waiting)),
        ("keep manager", _manage(waiting, "lien/")),
        ("delete", _manage(waiting, "effacer/")),
        ("room before", _manage(waiting, "animation/")),
        ("waiting", _mine(waiting, one)),
        ("waiting long", _mine(late, left)),
        ("pair", _mine(pair, first)),
        ("full", f"/autoevaluation/e/{pair.code}/"),
        ("room", _manage(pair, "animation/")),
        ("room criterion", _manage(pair, "animation/?n=4")),
        ("together", _mine(pair, first, "ensemble/?n=1")),
        ("decisions", _mine(pair, first, "decisions/")),
        ("joint empty", _mine(pair, first, "commun/")),
        ("gone", _mine(gone, erased)),
    ]


def _again() -> list[tuple[str, str]]:
    """The same pair, three times in a year."""
    before = None
    for round_, level in enumerate((1, 2, 3)):
        made = _open(Mode.PAIR, follows=before)
        secret = _fill(made.assessment, PRO, ONE)
        _fill(made.assessment, PARTNER, OTHER)
        before = made.assessment
        before.refresh_from_db()
        Assessment.objects.filter(pk=before.pk).update(
            revealed_at=timezone.now() - timedelta(days=180 * (2 - round_))
        )
        for rank, code in enumerate(before.instrument.criteria):
            mark = None if rank == 3 + round_ else max(0, level - rank % 2)
            joint_score_set(assessment=before, criterion=code, value=mark, sentence=LONG)
        decided = [Decided(what=LONG * 2, who="Marie et Jean", when="avant l’été")] * 4
        # An address pasted whole: nothing to break a line at.
        decided.append(Decided(what="x" * 200, who="y" * 80, when="z" * 80))
        decisions_set(assessment=before, decisions=decided)
    return [
        ("joint", _mine(made, secret, "commun/")),
        ("pair again", _mine(made, secret)),
        ("decided", _mine(made, secret, "decisions/")),
        ("sentence", _mine(made, secret, "ensemble/?n=1")),
    ]


def _groups() -> list[tuple[str, str]]:
    group = _open(Mode.GROUP, "groupe-de-travail")
    for number in range(40):
        marks = [(number + rank) % 5 for rank in range(12)]
        secret = _fill(group.assessment, PRO if number % 2 else PARTNER, marks)
    assessment_reveal(assessment=group.assessment)
    SharedScore.objects.bulk_create(
        SharedScore(grid="groupe-de-travail", version=1, role=PRO, criterion=code, value=2,
                    quarter="2026-T4")
        for code in group.assessment.instrument.criteria for _ in range(6)
    )  # fmt: skip
    return [
        ("manage group", _manage(group)),
        ("group", _mine(group, secret)),
        ("room group", _manage(group, "animation/")),
        ("room group criterion", _manage(group, "animation/?n=2")),
        ("together group", _mine(group, secret, "ensemble/?n=2")),
    ]


def two_screens(site: Portal, *, again: bool = False) -> list[str]:
    """The addresses of both people of a pair that has just been turned over; of its second time."""
    said = site.run(f"from tests.e2e.assessments import turned; print(turned(again={again}))")
    return [line for line in said.splitlines() if line.startswith("/autoevaluation/")]


def turned(*, again: bool = False) -> str:
    pair = _open(Mode.PAIR, follows=_first_time() if again else None)
    secrets = [_fill(pair.assessment, PRO, ONE), _fill(pair.assessment, PARTNER, OTHER)]
    if again:
        joint_score_set(assessment=pair.assessment, criterion="CE1", value=1)
    return "\n".join(_mine(pair, secret) for secret in secrets)


def _first_time() -> Assessment:
    """One that was turned over, scored together, and of which two things were decided."""
    made = _open(Mode.PAIR)
    for role, marks in ((PRO, ONE), (PARTNER, OTHER)):
        _fill(made.assessment, role, marks)
    joint_score_set(assessment=made.assessment, criterion="CE1", value=1)
    decided = [Decided(what="Relire le livret"), Decided(what="Inviter Léa")]
    decisions_set(assessment=made.assessment, decisions=decided)
    return made.assessment
