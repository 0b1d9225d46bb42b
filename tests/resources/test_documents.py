"""The library on paper: what each document says, holds and promises."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from cops.pagecache import raise_version
from cops.pdf import make
from resources import documents
from resources.documents.arguments import arguments_html
from resources.enums import Status
from resources.models import Argument, ArgumentSet, PreparedDocument, Term
from resources.services.snapshots import snapshot
from resources.tasks import prepare_documents
from tests.pdf.test_engine import elements
from tests.pdf.verapdf import assert_pdf_ua
from tests.resources import factories, papers

WHEN = datetime(2026, 11, 12, 9, tzinfo=UTC)
Form = PreparedDocument.Form


def html(words: dict, form: str = Form.STANDARD, **more) -> str:
    return documents.sheet_html(words, number=3, published_at=WHEN, form=form, **more)


def texts(content: bytes | Path) -> list[str]:
    """The words of each page, spaces made one; a hyphen of the line end stays."""
    found = []
    for page in pypdfium2.PdfDocument(content):
        raw = page.get_textpage().get_text_bounded()
        found.append(" ".join(raw.replace("\u00a0", " ").replace("\u202f", " ").split()))
    return found


@pytest.fixture
def argument_set(db) -> ArgumentSet:
    made = ArgumentSet.objects.create(
        slug="des-mots",
        title="Des mots pour le dire",
        intro="Trois argumentaires.",
        method=["Choisir une situation."],
        common_situation="Un parcours.",
        common_vigilance="Parler sa langue.",
        origin="Atelier B",
    )
    for position, label in enumerate(("Pour une direction", "Pour des patients")):
        Argument.objects.create(
            set=made, position=position, code=f"a{position}", audience="direction", label=label,
            situation="Vous voulez convaincre.", reformulation="Et si… ?",
            solution=["Associer."], benefits=["Un.", "Deux."], vigilance=["Parler."],
            editorial=["vigilance"],
        )  # fmt: skip
    return made


def test_every_kind_of_document_is_pdf_ua(tmp_path, argument_set):
    made = {
        "sheet": html(papers.sheet()),
        "mission": html(papers.mission()),
        "guide": html(papers.guide()),
        "falc": html(papers.sheet(falc_reviewed_on="2026-10-12"), Form.FALC),
        "large": html(papers.sheet(), Form.LARGE),
        "large-mission": html(papers.mission(), Form.LARGE),
        "endless": html(papers.endless()),
        "arguments": arguments_html(argument_set),
        "bare": documents.sheet_html(
            {"slug": "x", "kind": "outil", "title": "Vide"}, number=1, published_at=None
        ),
    }
    paths = []
    for name, document in made.items():
        paths.append(tmp_path / f"{name}.pdf")
        paths[-1].write_bytes(make(document))
        assert all(texts(paths[-1])), f"{name} has an empty page"
    assert_pdf_ua(*paths)


def test_same_snapshot_gives_the_same_document():
    assert html(papers.sheet()) == html(papers.sheet())


def test_sheet_says_who_what_when_and_where():
    cover, *pages = texts(make(html(papers.sheet())))
    assert cover.startswith(
        "Partenariat en santé Occitanie Fiche « Agir ! » · Dimension collective"
    )
    for words in (
        "Agir ! pour l’essai", "Un sous-titre", "Un résumé.", "Patients partenaires",
        "Version de travail, à compléter par le COPS", "Version 3 du 12 novembre 2026",
    ):  # fmt: skip
        assert words in cover
    count = len(pages) + 1
    for number, words in enumerate(pages, start=2):
        assert "Agir ! pour l’essai" in words
        assert f"Version 3 · 12 novembre 2026 · page {number} sur {count}" in words


def test_address_is_said_once_and_coded_once():
    document = html(papers.sheet())
    words = " ".join(texts(make(document)))
    assert words.count("localhost:8000/ressources/essai/") == 1
    assert document.count('<svg xmlns="http://www.w3.org/2000/svg" class="qr"') == 1
    title = re.search(r"class=\"qr\".*?<title>(.*?)</title>", document, re.DOTALL)
    assert title
    assert title[1].startswith("Code QR")


def test_code_has_an_alternative_and_leads_to_the_printed_version():
    pdf = pikepdf.open(BytesIO(make(html(papers.sheet()))))
    figures = [e for e in elements(pdf.Root.StructTreeRoot) if str(e.S) == "/Figure"]
    assert [str(f.Alt)[:7] for f in figures] == ["Code QR"]
    # Another version is another code, whatever else stays the same.
    words = papers.sheet()
    three, four = (
        documents.sheet_html(words, number=n, published_at=None).split('class="qr"')[1]
        for n in (3, 4)
    )
    assert three.split("</svg>")[0] != four.split("</svg>")[0]


def test_terms_are_underlined_and_defined_never_linked():
    document = html(papers.sheet())
    assert '<span class="term">ETP</span>' in document
    assert "/lexique/" not in document
    words = " ".join(texts(make(document)))
    assert "Éducation thérapeutique (ETP) Ce qui aide à vivre avec sa maladie." in words
    # A word that the document does not define is not underlined.
    assert 'class="term"' not in html(papers.sheet(terms=[]))


def test_two_paths_are_two_lanes_that_meet():
    words = " ".join(texts(make(html(papers.sheet()))))
    assert [len(re.findall(f"Étape {n} de ", words)) for n in (1, 4, 5)] == [2, 2, 1]
    assert words.count("Ensemble") == 9
    assert words.count("Patient partenaire ressource") == 9


def test_headings_never_skip_a_level():
    for words in (papers.sheet(), papers.mission(), papers.guide()):
        levels = [int(n) for n in re.findall(r"<h([1-6])[ >]", html(words))]
        assert levels[0] == 1
        assert all(b <= a + 1 for a, b in pairwise(levels))


def test_mission_shows_its_card_and_its_four_audiences():
    document = html(papers.mission())
    words = " ".join(texts(make(document)))
    assert (
        "Carte d’identité de la mission Prendre part à un programme Qui Patient partenaire"
        " Proche-aidant Où Hôpital Modalités possibles Vacation, bénévolat"
        " Formation 40 heures (indispensable) Animation (conseillée)"
    ) in words
    assert document.count('class="card"') == 4
    for audience in "ABCD":
        assert f"Pour {audience} Gain {audience}" in words.replace("• ", "")


def test_hidden_relation_is_not_named():
    assert "Une autre" in html(papers.sheet())
    assert "Une autre" not in html(papers.sheet(), visible=set())


@pytest.mark.parametrize(
    ("day", "said"), [(None, False), ("2026-10-12", True)], ids=["not reread", "reread"]
)
def test_falc_says_that_it_was_reread_only_when_it_was(day, said):
    words = " ".join(texts(make(html(papers.sheet(falc_reviewed_on=day), Form.FALC))))
    sentence = "Texte relu par des personnes concernées, le 12 octobre 2026."
    assert (sentence in words) is said
    assert "Une idée." in words
    assert "Écouter" not in words  # the standard text stays out


@pytest.mark.parametrize("form", [Form.STANDARD, Form.LARGE])
def test_word_of_300_letters_stays_on_the_page(form):
    for page in pypdfium2.PdfDocument(make(html(papers.endless(), form))):
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            assert 0 <= left <= right <= width
            assert 0 <= bottom <= top <= height


def letter_sizes(content: bytes) -> set[float]:
    """The sizes of the letters after the cover, in points."""
    sizes = set()
    for page in list(pypdfium2.PdfDocument(content))[1:]:
        text, matrix = page.get_textpage(), pypdfium2.raw.FS_MATRIX()
        for index in range(text.count_chars()):
            if text.get_text_range(index, 1).isalpha():
                pypdfium2.raw.FPDFText_GetMatrix(text, index, matrix)
                size = pypdfium2.raw.FPDFText_GetFontSize(text, index)
                sizes.add(round(size * abs(matrix.a), 1))
    return sizes


def test_large_print_is_set_in_18_points():
    """Nothing is smaller, neither the running title nor the foot."""
    assert min(letter_sizes(make(html(papers.sheet(), Form.LARGE)))) == 18.0


# ----- from the database


def test_resource_pdf_is_kept_and_recorded(db):
    made = factories.resource()
    file = documents.resource_pdf(made)
    row = PreparedDocument.objects.get()
    assert (row.resource_id, row.form, row.sha256) == (made.pk, Form.STANDARD, file.sha256)
    assert (row.pages, row.size, row.version) == (file.pages, file.path.stat().st_size, 1)
    assert documents.resource_pdf(made) == file


def test_resource_without_easy_text_has_no_easy_pdf(db):
    made = factories.resource()
    assert documents.resource_pdf(made, Form.FALC) is None
    factories.falc(made)
    assert documents.resource_pdf(made, Form.FALC).pages >= 1


def test_change_gives_another_file(db):
    made = factories.resource()
    before = documents.resource_pdf(made)
    factories.section(made, "Une suite")
    raise_version()
    after = documents.resource_pdf(made)
    assert after.sha256 != before.sha256
    assert PreparedDocument.objects.get().sha256 == after.sha256


def test_kept_file_costs_one_statement(db, django_assert_num_queries):
    made = factories.resource()
    documents.resource_pdf(made)
    with django_assert_num_queries(1):
        documents.resource_pdf(made)


def test_removed_file_is_made_again(db):
    made = factories.resource()
    first = documents.resource_pdf(made)
    content = first.path.read_bytes()
    first.path.unlink()
    assert documents.resource_pdf(made).path.read_bytes() == content


def test_draft_says_that_it_is_one(db):
    made = factories.resource(status=Status.DRAFT, published_at=WHEN)
    assert "Brouillon, non publié" in texts(documents.resource_pdf(made).path)[0]


def test_archived_version_stays_as_it_was_published(db):
    made = factories.resource(version=0, text="<p>Le texte d’alors.</p>")
    version = made.versions.create(number=1, published_at=WHEN, snapshot=snapshot(made))
    made.sections.update(rendered_html="<p>Le texte d’aujourd’hui.</p>")
    made.versions.create(number=2, published_at=WHEN, snapshot=snapshot(made))
    old, new = documents.version_pdf(version), documents.resource_pdf(made)
    assert "Le texte d’alors." in texts(old.path)[1]
    assert "Version 1 · 12 novembre 2026" in texts(old.path)[1]
    assert "Le texte d’aujourd’hui." in texts(new.path)[1]
    assert "Version 2 · 12 novembre 2026" in texts(new.path)[1]


def test_version_with_the_poorest_snapshot_is_still_printed(db):
    version = factories.resource().versions.get()
    assert version.snapshot == {}
    assert documents.version_pdf(version).pages >= 1


def test_snapshot_is_plain_and_complete(db):
    made = factories.resource(
        kind="mission", number=91, action="Aider", modalities=["vacation"],
        reviewed_on=date(2026, 1, 2), training=[{"name": "40 h", "required": True}],
    )  # fmt: skip
    factories.path(made, steps=2)
    factories.falc(made)
    term = Term.objects.create(slug="mot", term="Mot", category="savoirs", definition="Sens.")
    made.terms.add(term, through_defaults={"position": 1})
    words = snapshot(made)
    assert (words["action"], words["reviewed_on"], words["number"]) == ("Aider", "2026-01-02", 91)
    assert [(s["variant"], s["kind"]) for s in words["sections"]] == [
        ("standard", "text"), ("standard", "path"), ("falc", "text"),
    ]  # fmt: skip
    assert [s["title"] for s in words["sections"][1]["path"]["steps"]] == ["Étape 1", "Étape 2"]
    assert [t["definition"] for t in words["terms"]] == ["Sens."]


def test_snapshot_costs_the_same_for_one_and_many_sections(db, django_assert_num_queries):
    small, large = factories.resource(), factories.resource()
    for _ in range(4):
        factories.path(large)
    for made in (small, large):
        with django_assert_num_queries(7 if made is large else 6):
            snapshot(made)


def test_arguments_take_one_page_per_audience(argument_set):
    pages = texts(documents.arguments_pdf(argument_set).path)
    assert len(pages) == 4
    assert "Des mots pour le dire" in pages[0]
    assert pages[2].startswith("Pour une direction Vous voulez convaincre. Et si… ?")
    assert "Points de vigilance (rédaction) Parler." in pages[3]


def test_task_makes_every_form_ahead_and_twice_changes_nothing(db):
    made = factories.resource()
    factories.falc(made)
    prepare_documents(made.pk)
    rows = list(PreparedDocument.objects.order_by("form").values())
    assert [row["form"] for row in rows] == ["falc", "grand", "standard"]
    prepare_documents(made.pk)
    assert list(PreparedDocument.objects.order_by("form").values()) == rows
    made.sections.filter(variant="falc").delete()
    raise_version()
    prepare_documents(made.pk)
    assert set(PreparedDocument.objects.values_list("form", flat=True)) == {"grand", "standard"}
    prepare_documents(made.pk + 1000)  # gone: nothing to do


def test_lost_preparation_is_found_again(db):
    made, draft = factories.resource(), factories.resource(status=Status.DRAFT)
    assert documents.unprepared(10) == [made.pk]
    documents.resource_pdf(made)
    assert documents.unprepared(10) == []
    made.versions.create(number=2, published_at=WHEN, snapshot={})
    assert documents.unprepared(10) == [made.pk]
    assert draft.pk not in documents.unprepared(10)
