"""A binder on paper: one PDF or a folder, made in the background, and what may happen meanwhile."""

from __future__ import annotations

import errno
import re
import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.test import Client

from cops.exports.enums import Reason, State
from cops.exports.models import Export
from cops.exports.running import export_run
from resources.documents import binder_files
from resources.documents.binder import BinderDocument
from resources.documents.leaves import leaf_of
from resources.enums import Kind, Status
from resources.models import PreparedDocument, Resource, ResourceRelation
from resources.services import binder_holders, binders
from resources.services.snapshots import snapshot
from tests.accounts.people import person
from tests.pdf.test_engine import elements
from tests.pdf.verapdf import assert_pdf_ua
from tests.resources import factories
from tests.resources.papers import LONG_WORD

pytestmark = pytest.mark.django_db(transaction=True)
Form = PreparedDocument.Form


def started(*sheets: Resource, name: str = "Réunion du 12 mars"):
    binder, _ = binder_holders.binder_start()
    binders.binder_fill(binder=binder, resources=list(sheets))
    return binders.binder_rename(binder=binder, name=name)


def asked(binder, kind: str = binder_files.PDF, form: Form = Form.STANDARD) -> Export:
    export = binder_files.binder_request(binder=binder, kind=kind, form=form, owner=None)
    assert export is not None
    return export


def made(binder, kind: str = binder_files.PDF, form: Form = Form.STANDARD) -> Export:
    export = asked(binder, kind, form)
    export_run(export.pk)
    export.refresh_from_db()
    assert export.state == State.READY, (export.reason, export.words)
    return export


def content(export: Export) -> bytes:
    with default_storage.open(export.file) as file:
        return file.read()


def texts(source: bytes) -> list[str]:
    """The words of each page, spaces made one."""
    found = []
    for page in pypdfium2.PdfDocument(source):
        raw = page.get_textpage().get_text_bounded()
        found.append(" ".join(raw.replace("\u00a0", " ").replace("\u202f", " ").split()))
    return found


def titled(*titles: str) -> list[Resource]:
    return [factories.resource(title=title, slug=title.lower()) for title in titles]


def rich() -> list[Resource]:
    """Sheets of every shape, the first pointing to the last."""
    first, last = titled("Alpha", "Omega")
    factories.path(first, steps=3)
    factories.section(first, "Suite", "<p>Voir <a href='#section-1'>le début</a>.</p>")
    ResourceRelation.objects.create(source=first, target=last)
    mission = factories.resource(
        title="Delta", slug="delta", kind=Kind.MISSION, number=2, action="Aider"
    )
    factories.falc(last)
    return [first, mission, last]


class TestPdf:
    def test_it_has_a_cover_contents_and_pages_numbered_through(self):
        pages = texts(content(made(started(*rich()))))
        assert "Réunion du 12 mars" in pages[0]
        assert "3 fiches" in pages[0]
        assert f"{len(pages)} pages" in pages[0]
        assert pages[1].startswith("Sommaire")
        starts = [
            next(n for n, text in enumerate(pages, 1) if f"{rank} sur 3 ·" in text)
            for rank in (1, 2, 3)
        ]
        for title, start in zip(("Alpha", "Delta", "Omega"), starts, strict=True):
            assert re.search(rf"\b{start} Fiche[^0-9]*(?:n° 2 )?{title}", pages[1]), pages[1]
        for number, text in enumerate(pages[1:], start=2):
            assert re.search(rf"page {number}\b", text), text
        # The title of each sheet runs on its pages but the first, which says it larger.
        for number in range(starts[0] + 1, starts[1]):
            assert "Alpha Réunion du 12 mars" in pages[number - 1]

    def test_titles_are_one_rank_lower_and_no_level_is_skipped(self):
        with pikepdf.open(BytesIO(content(made(started(*rich()))))) as pdf:
            all_kinds = [str(element.S) for element in elements(pdf.Root.StructTreeRoot)]
        kinds = [kind for kind in all_kinds if re.fullmatch(r"/H[1-6]", kind)]
        levels = [int(kind[2]) for kind in kinds]
        assert levels.count(1) == 1
        assert levels[:2] == [1, 2]
        assert kinds.count("/H2") >= 4  # the contents, and each sheet
        assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []

    def test_bookmarks_hang_under_the_binder_and_lead_to_each_sheet(self):
        source = content(made(started(*rich())))
        toc = [(b.level, b.get_title()) for b in pypdfium2.PdfDocument(source).get_toc()]
        assert [title for level, title in toc if level == 0] == ["Réunion du 12\xa0mars"]
        assert [title for level, title in toc if level == 1] == [
            "Sommaire", "Alpha", "Delta", "Omega",
        ]  # fmt: skip

    def test_links_between_its_sheets_stay_inside_and_their_ids_never_meet(self):
        source = content(made(started(*rich())))
        with pikepdf.open(BytesIO(source)) as pdf:
            names = {str(name) for name in list(pdf.Root.Names.Dests.Names)[::2]}
            wanted = [
                str(note.Dest)
                for page in pdf.pages
                for note in page.get("/Annots", [])
                if "/Dest" in note
            ]
            outside = [
                str(note.A.URI)
                for page in pdf.pages
                for note in page.get("/Annots", [])
                if "/A" in note
            ]
        assert {"f1-debut", "f2-debut", "f3-debut", "f1-section-1", "f2-section-1"} <= names
        # « À lire aussi » of the first sheet leads to the third; the contents to all.
        assert wanted.count("f3-debut") == 2
        assert "f1-section-1" in wanted
        assert set(wanted) <= names
        assert sum(address.endswith("/ressources/omega/") for address in outside) == 1

    def test_there_is_one_code_for_the_whole_document(self):
        pages = content(made(started(*rich())))
        with pikepdf.open(BytesIO(pages)) as pdf:
            figures = [e for e in elements(pdf.Root.StructTreeRoot) if str(e.S) == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == [
            "Code QR\xa0: les ressources du portail, à l’adresse écrite à côté"
        ]

    def test_the_same_wish_gives_the_same_bytes(self):
        binder = started(*rich())
        first = made(binder)
        kept = content(first)
        Export.objects.all().update(state=State.WAITING, file="", attempts=0)
        export_run(first.pk)
        first.refresh_from_db()
        assert content(first) == kept

    @pytest.mark.verapdf
    @pytest.mark.parametrize("form", [Form.STANDARD, Form.LARGE, Form.FALC])
    def test_it_is_accessible_in_every_writing(self, form, tmp_path):
        sheets = rich()
        sheets.append(factories.resource(title=LONG_WORD[:200], summary=LONG_WORD))
        binder = started(*sheets, name=LONG_WORD[:80])
        path = tmp_path / "classeur.pdf"
        path.write_bytes(content(made(binder, form=form)))
        assert_pdf_ua(path)

    def test_easy_words_are_taken_where_they_exist_and_large_print_elsewhere(self):
        text = " ".join(texts(content(made(started(*rich()), form=Form.FALC))))
        assert "Facile à lire et à comprendre" in text
        assert "Une idée." in text
        assert "Un texte." in text

    def test_a_document_of_many_sheets_names_each_in_its_contents(self):
        sheets = [factories.resource(title=f"Fiche numéro {n}") for n in range(40)]
        pages = texts(content(made(started(*sheets))))
        contents = " ".join(pages[1:4])
        assert [n for n in range(40) if f"Fiche numéro {n}" not in contents] == []
        first = next(n for n, text in enumerate(pages, 1) if "1 sur 40 ·" in text)
        assert len(pages) == first + 39


class TestFolder:
    def test_it_holds_the_sheets_in_their_order_and_a_page_that_lists_them(self):
        export = made(started(*rich()), kind=binder_files.ZIP)
        assert export.filename == "reunion-du-12-mars.zip"
        with zipfile.ZipFile(BytesIO(content(export))) as folder:
            assert folder.testzip() is None
            assert folder.namelist() == [
                "index.html", "01-alpha.pdf", "02-delta.pdf", "03-omega.pdf",
            ]  # fmt: skip
            assert all(folder.read(name).startswith(b"%PDF") for name in folder.namelist()[1:])
            index = folder.read("index.html").decode()
        assert "<h1>Réunion du 12\xa0mars</h1>" in index
        assert re.findall(r'href="([^"]+)"', index) == [
            "01-alpha.pdf", "02-delta.pdf", "03-omega.pdf",
        ]  # fmt: skip

    def test_its_easy_words_are_the_easy_file(self):
        export = made(started(*rich()), kind=binder_files.ZIP, form=Form.FALC)
        with zipfile.ZipFile(BytesIO(content(export))) as folder:
            assert "Une idée." in " ".join(texts(folder.read("03-omega.pdf")))
            assert "facile à lire" in folder.read("index.html").decode()


class TestRequest:
    def test_a_double_click_is_one_document_and_another_order_another_one(self):
        a, b = titled("A", "B")
        binder = started(a, b)
        assert asked(binder) == asked(binder)
        assert Export.objects.count() == 1
        binders.binder_move(binder=binder, item=binder.items.get(resource=b).pk, move="monter")
        assert asked(binder) != Export.objects.order_by("pk")[0]
        assert asked(binder, form=Form.LARGE) not in list(Export.objects.order_by("pk")[:2])

    def test_a_new_version_of_a_sheet_is_another_document(self):
        (sheet,) = titled("A")
        binder = started(sheet)
        before = asked(binder)
        sheet.versions.create(number=2, published_at=sheet.published_at, snapshot={})
        assert asked(binder) != before

    def test_the_form_leads_to_the_page_that_tells_how_far_it_is(self):
        client = Client(headers={"host": "localhost", "sec-fetch-site": "same-origin"})
        sheet = factories.resource()
        client.post("/classeur/ajouter/", {"fiche": sheet.slug})
        answer = client.post("/classeur/preparer/", {"forme": "zip", "lettres": "grand"})
        export = Export.objects.get()
        assert answer["Location"] == f"/exports/{export.public_id}/"
        assert (export.kind, export.parameters["letters"]) == (binder_files.ZIP, "grand")
        export_run(export.pk)
        text = client.get(answer["Location"]).content.decode()
        assert "Revenir à mon classeur" in text
        odd = client.post("/classeur/preparer/", {"forme": "exe", "lettres": "comic"})
        assert odd.status_code == 302
        assert Export.objects.order_by("-pk")[0].kind == binder_files.PDF

    def test_a_binder_without_any_sheet_on_view_asks_for_nothing(self):
        client = Client(headers={"host": "localhost", "sec-fetch-site": "same-origin"})
        sheet = factories.resource()
        client.post("/classeur/ajouter/", {"fiche": sheet.slug})
        Resource.objects.filter(pk=sheet.pk).update(status=Status.ARCHIVED)
        answer = client.post("/classeur/preparer/", {"forme": "pdf"})
        assert answer["Location"] == "/classeur/?fait=sans"
        assert not Export.objects.exists()

    def test_the_document_of_an_account_is_its_own(self):
        someone = person()
        binder = binder_holders.binder_start_owned(owner=someone)
        binders.binder_fill(binder=binder, resources=titled("A"))
        export = binder_files.binder_request(
            binder=binder, kind=binder_files.PDF, form=Form.STANDARD, owner=someone
        )
        assert export.owner == someone
        assert Client().get(f"/exports/{export.public_id}/").status_code == 302


class TestMeanwhile:
    def test_progress_is_told_after_each_sheet_then_the_assembly_is_named(self):
        export = asked(started(*titled("A", "B", "C")))
        said: list[tuple[int, int, str]] = []
        export.target = Path(default_storage.location) / "essai.pdf"
        binder_files.binder_pdf(export, lambda *step: said.append(step))
        assert said == [
            (0, 3, "sheets"), (1, 3, "sheets"), (2, 3, "sheets"), (3, 3, "sheets"),
            (0, 0, "assembly"),
        ]  # fmt: skip
        assert binder_files.PHASES["assembly"] == "Assemblage"

    def test_a_sheet_withdrawn_while_the_document_is_made_is_not_in_it(self):
        a, b, c = titled("Alpha", "Beta", "Gamma")
        ResourceRelation.objects.create(source=a, target=b)
        export = asked(started(a, b, c))
        export.target = Path(default_storage.location) / "essai.pdf"

        def withdrawn(done: int, total: int, phase: str) -> None:
            if (done, phase) == (3, "sheets"):
                Resource.objects.filter(pk=b.pk).update(status=Status.ARCHIVED)

        binder_files.binder_pdf(export, withdrawn)
        pages = texts(export.target.read_bytes())
        assert "Beta" not in " ".join(pages)
        assert "2 sur 2 ·" in " ".join(pages)

    def test_when_all_are_withdrawn_the_reason_is_told(self):
        (sheet,) = titled("A")
        export = asked(started(sheet))
        Resource.objects.filter(pk=sheet.pk).update(status=Status.ARCHIVED)
        export_run(export.pk)
        export.refresh_from_db()
        assert (export.state, export.reason) == (State.FAILED, Reason.TOLD)
        assert "n’est encore publiée" in export.words

    @pytest.mark.parametrize("kind", [binder_files.PDF, binder_files.ZIP])
    def test_a_full_disk_is_said_and_the_document_can_be_asked_again(self, kind, monkeypatch):
        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        export = asked(started(*titled("A")), kind=kind)
        with monkeypatch.context() as patch:
            patch.setattr(Path, "write_bytes", full)
            patch.setattr("os.fsync", full)
            export_run(export.pk)
        export.refresh_from_db()
        assert (export.state, export.reason) == (State.FAILED, Reason.DISK)

    def test_a_binder_changed_or_erased_meanwhile_changes_nothing_to_what_was_asked(self):
        binder = started(*titled("Alpha", "Beta"))
        export = asked(binder)
        binder_holders.binder_delete(binder=binder)
        export_run(export.pk)
        export.refresh_from_db()
        assert export.state == State.READY
        assert "Beta" in " ".join(texts(content(export)))


def test_a_leaf_of_a_draft_s_words_is_never_asked():
    """The request takes sheets on view alone, whatever the binder holds."""
    on_view, draft = titled("Vue", "Cachee")
    binder = started(on_view, draft)
    Resource.objects.filter(pk=draft.pk).update(status=Status.DRAFT)
    assert asked(binder).parameters["sheets"] == [on_view.pk]


def test_the_numbers_of_the_contents_do_not_change_its_length():
    sheets = [factories.resource(title=f"Fiche {n}") for n in range(60)]
    places = {sheet.slug: rank for rank, sheet in enumerate(sheets, 1)}
    leaves = [
        leaf_of(
            snapshot(sheet), number=1, published_at=None, form=Form.STANDARD, visible=set(),
            places=places, binder="Essai",
        )
        for sheet in sheets
    ]  # fmt: skip
    day = sheets[0].published_at.date()
    document = BinderDocument(name="Essai", day=day, form=Form.STANDARD, leaves=leaves)
    for leaf in leaves:
        document.lay_out(leaf)
    pages = texts(document.write())
    starts = [n for n, text in enumerate(pages, 1) if re.search(r"\d sur 60 ·", text)]
    assert len(starts) == 60
    assert [str(n) for n in starts] == re.findall(
        r"(\d+) Fiche repère", " ".join(pages[1 : starts[0] - 1])
    )
