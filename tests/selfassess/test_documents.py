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
from tests.pdf.verapdf import assert_pdf_ua
from tests.selfassess import making

pytestmark = pytest.mark.django_db


def _pages(html: str) -> int:
    with pikepdf.open(io.BytesIO(make(html))) as pdf:
        return len(pdf.pages)


@pytest.mark.parametrize("slug", ["soins-cliniques-et-educatifs", "groupe-de-travail"])
def test_the_poster_is_one_page_of_a3(slug):
    html = documents.blank_html(making.grid(slug), "affiche")
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


def test_a_blank_sheet_speaks_in_the_other_wording():
    html = documents.blank_html(making.grid(), "partenaire", "medico-social")
    assert "Personne accompagnée partenaire" in html
    assert "Patient partenaire ressource" not in html


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
    names = blank_names(version.read())
    return {
        **{name: documents.blank_html(version, name) for name in names},
        "own": documents.own_html(made.assessment, one),
        "pair": documents.outcome_html(made.assessment),
        "group": documents.outcome_html(group.assessment),
        "joint": documents.joint_html(made.assessment),
    }


@pytest.mark.verapdf
def test_every_paper_is_pdf_ua(papers, tmp_path):
    files = []
    for name, html in papers.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(make(html))
        files.append(path)
    assert_pdf_ua(*files)
