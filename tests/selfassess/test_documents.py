"""The papers: blank sheets, wheels, comparisons: accessible, on the pages that they need."""

from __future__ import annotations

import io

import pikepdf
import pytest

from cops.pdf import make
from selfassess import documents
from selfassess.enums import Mode
from selfassess.reading.papers import blank_names
from selfassess.services.assessments import assessment_reveal
from selfassess.services.joint import Decided, decisions_set, joint_score_set
from tests.pdf.texts import texts_of
from tests.pdf.verapdf import assert_pdf_ua
from tests.selfassess import making

pytestmark = pytest.mark.django_db


def _pages(html: str) -> int:
    with pikepdf.open(io.BytesIO(make(html))) as pdf:
        return len(pdf.pages)


def _texts(html: str) -> list[str]:
    return texts_of(make(html))


SLUGS = ["soins-cliniques-et-educatifs", "groupe-de-travail"]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_poster_is_one_page_of_a3_with_a_place_for_each_answer(slug):
    html = documents.blank_html(making.grid(slug), "affiche")
    assert "Non concerné" in html
    assert html.count("<td></td>") == 12 * 6 + 3 * 2  # and who, when, of each decision
    with pikepdf.open(io.BytesIO(make(html))) as pdf:
        assert len(pdf.pages) == 1
        box = [round(float(value)) for value in pdf.pages[0].MediaBox]
    assert box[2:] == [842, 1191]


def test_a_blank_sheet_has_a_round_for_each_level_of_each_criterion():
    html = documents.blank_html(making.grid(), "partenaire")
    assert html.count('class="round"') == 12 * 6
    assert "Ce que nous décidons" not in html
    assert "Ce que nous décidons" in documents.blank_html(making.grid(), "ensemble")
    assert documents.blank_html(making.grid(), "autre") is None


def test_the_joint_sheet_has_a_box_for_each_earlier_mark_and_room_for_a_sentence():
    html = documents.blank_html(making.grid(), "ensemble")
    assert html.count('class="was-box"') == 12 * 2
    assert html.count("En une phrase") == 12
    assert "<strong>B</strong>, Patient partenaire ressource" in html
    alone = documents.blank_html(making.grid(), "partenaire")
    assert "was-box" not in alone
    assert "En une phrase" not in alone


def test_a_blank_sheet_speaks_in_the_other_wording():
    html = documents.blank_html(making.grid(), "partenaire", "medico-social")
    assert "Personne accompagnée partenaire" in html
    assert "Patient partenaire ressource" not in html


def test_a_low_axis_comes_with_workshop_ideas_on_paper():
    made = making.opened(Mode.ALONE)
    me, _ = making.sent(made.assessment, value=3, CD1=1, CD2=0, CD3=1)
    html = documents.own_html(made.assessment, me)
    axis = made.assessment.instrument.axes[2]
    assert [idea.title in html for idea in axis.ideas] == [True, True]
    assert html.count("À essayer en atelier") == 1


@pytest.fixture
def papers():
    """Every paper, blank or filled."""
    version = making.grid()
    made, (one, _), _ = making.turned()
    for code in made.assessment.instrument.criteria:
        joint_score_set(assessment=made.assessment, criterion=code, value=2)
    decisions_set(assessment=made.assessment, decisions=[Decided(what="Relire à deux")])
    group = making.opened(Mode.GROUP)
    for value in (0, 2, 3, 4, None):
        making.sent(group.assessment, value=value)
    assessment_reveal(assessment=group.assessment)
    group.assessment.refresh_from_db()
    made.assessment.refresh_from_db()
    again = making.opened(follows=made.assessment)
    for role in (making.PRO, making.PARTNER):
        making.sent(again.assessment, role)
    again.assessment.refresh_from_db()
    for code in again.assessment.instrument.criteria:
        joint_score_set(assessment=again.assessment, criterion=code, value=3, sentence="Mieux.")
    names = blank_names(version.read())
    return {
        **{name: documents.blank_html(version, name) for name in names},
        "own": documents.own_html(made.assessment, one),
        "pair": documents.outcome_html(made.assessment),
        "group": documents.outcome_html(group.assessment),
        "joint": documents.joint_html(made.assessment),
        "again": documents.joint_html(again.assessment),
    }


@pytest.mark.parametrize("wording", ["", "medico-social"])
@pytest.mark.parametrize("slug", SLUGS)
def test_a_sheet_to_fill_is_two_pages_and_the_joint_one_three(slug, wording):
    version = making.grid(slug)
    names = {"professionnel": 2, "partenaire": 2, "ensemble": 3}
    pages = {name: _texts(documents.blank_html(version, name, wording)) for name in names}
    assert {name: len(texts) for name, texts in pages.items()} == names
    letters = ["CE — ", "CC — ", "CD — ", "CM — "]
    assert [[one for one in letters if one in text] for text in pages["partenaire"]] == [
        letters[:2], letters[2:],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "wording", "value"),
    [(SLUGS[0], "", 0), (SLUGS[0], "", 3), (SLUGS[0], "medico-social", 0), (SLUGS[1], "", 0)],
)
def test_one_wheel_and_its_table_are_one_page_and_what_helps_begins_the_next(slug, wording, value):
    made = making.opened(Mode.ALONE, version=making.grid(slug), wording=wording)
    me, _ = making.sent(made.assessment, value=value)
    texts = _texts(documents.own_html(made.assessment, me))
    last = list(made.assessment.instrument.criteria.values())[-1]
    assert last.label[:20] in texts[0]
    assert [text.strip()[:17] for text in texts[1:]] == ([] if value else ["Par où commencer\r"])


def test_the_paper_of_a_group_is_two_pages(papers):
    assert _pages(papers["group"]) == 2


@pytest.mark.parametrize("said", [0, 4, 8])
def test_what_moved_is_never_parted_from_its_first_axis(said):
    first, _, _ = making.turned()
    joint_score_set(assessment=first.assessment, criterion="CE1", value=2)
    again = making.opened(follows=first.assessment)
    for role in (making.PRO, making.PARTNER):
        making.sent(again.assessment, role)
    again.assessment.refresh_from_db()
    for rank, code in enumerate(again.assessment.instrument.criteria):
        sentence = "Nous en avons parlé." if rank < said else ""
        joint_score_set(assessment=again.assessment, criterion=code, value=3, sentence=sentence)
    texts = _texts(documents.joint_html(again.assessment))
    (page,) = [text for text in texts if "Ce qui a bougé" in text]
    assert "CE — Co-expression" in page


def test_two_wheels_are_side_by_side_and_one_over_the_other_on_paper(papers):
    assert papers["pair"].count('class="wheel"') == 3
    assert papers["pair"].count('class="over"') == 2  # the block, and the line of the second wheel
    assert papers["again"].count('class="steps') == 16


@pytest.mark.verapdf
def test_every_paper_is_pdf_ua(papers, tmp_path):
    files = []
    for name, html in papers.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(make(html))
        files.append(path)
    assert_pdf_ua(*files)
