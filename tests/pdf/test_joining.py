"""Pieces laid out apart are one document: its pages, its links, its tags."""

import re
from io import BytesIO

import pikepdf
import pypdfium2

from cops.pdf.joining import LongDocument
from tests.pdf.test_engine import elements

_PIECE = (
    '<!doctype html><html lang="fr"><head><title>{title}</title></head><body>'
    '<h{rank} id="{own}">{title}</h{rank}><p><a href="#{other}">Voir</a></p></body></html>'
)


def _joined() -> bytes:
    long = LongDocument(["static:css/pdf-tokens.css", "static:css/pdf.css"])
    first = long.lay_out(_PIECE.format(title="Un", rank=1, own="un", other="deux"))
    second = long.lay_out(
        _PIECE.format(title="Deux", rank=2, own="deux", other="un"), first_page=first.count + 1
    )
    assert (first.count, second.count, second.first_page) == (1, 1, 2)
    return long.write([first, second])


def test_pages_are_numbered_from_the_one_asked_for():
    pages = pypdfium2.PdfDocument(_joined())
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    assert [re.findall(r"page (\d+)", text) for text in texts] == [["1"], ["2"]]


def test_links_bookmarks_and_tags_go_through_the_whole():
    content = _joined()
    toc = [(b.level, b.get_title()) for b in pypdfium2.PdfDocument(content).get_toc()]
    assert toc == [(0, "Un"), (1, "Deux")]
    with pikepdf.open(BytesIO(content)) as pdf:
        assert str(pdf.docinfo.Title) == "Un"
        notes = [note for page in pdf.pages for note in page.Annots]
        assert [str(note.Dest) for note in notes] == ["deux", "un"]
        assert [str(note.Contents) for note in notes] == ["Voir", "Voir"]
        kinds = [str(element.S) for element in elements(pdf.Root.StructTreeRoot)]
    assert [kind for kind in kinds if kind in ("/H1", "/H2", "/Link")] == [
        "/H1", "/Link", "/H2", "/Link",
    ]  # fmt: skip


def test_the_same_pieces_give_the_same_bytes():
    assert _joined() == _joined()
