"""Pieces laid out apart are one document: its pages, its links, its tags."""

import gc
import re
from io import BytesIO

import pikepdf
import pypdfium2
from weasyprint.css import ComputedStyle
from weasyprint.formatting_structure.boxes import Box

from cops.pdf.joining import LongDocument
from tests.pdf.test_engine import elements
from tests.uploads.files import picture

_PIECE = (
    '<!doctype html><html lang="fr"><head><title>{title}</title></head><body>'
    '<h{rank} id="{own}">{title}</h{rank}><p><a href="#{other}">Voir</a></p></body></html>'
)
_SHEETS = ["static:css/pdf-tokens.css", "static:css/pdf.css"]


def _joined() -> bytes:
    long = LongDocument(_SHEETS, anchors={"deux"})
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


def _links(content: bytes) -> list[str]:
    with pikepdf.open(BytesIO(content)) as pdf:
        return [str(note.Dest) for page in pdf.pages for note in page.get("/Annots", [])]


def test_a_link_to_what_nobody_has_is_plain_words(caplog):
    long = LongDocument(anchors={"promis"})
    first = long.lay_out(_PIECE.format(title="Un", rank=1, own="un", other="rien"))
    second = long.lay_out(_PIECE.format(title="Deux", rank=2, own="deux", other="un"))
    third = long.lay_out(_PIECE.format(title="Trois", rank=2, own="promis", other="promis"))
    content = long.write([first, second, third])
    assert _links(content) == ["un", "promis"]
    assert [record.getMessage() for record in caplog.records] == [
        "No anchor #rien for internal URI reference"
    ]


def test_pieces_are_in_the_order_they_are_written_in_whichever_was_drawn_first():
    long = LongDocument()
    last = long.lay_out(_PIECE.format(title="Fin", rank=2, own="fin", other="fin"))
    first = long.lay_out(_PIECE.format(title="Début", rank=1, own="debut", other="fin"))
    content = long.write([first, last])
    assert [b.get_title() for b in pypdfium2.PdfDocument(content).get_toc()] == ["Début", "Fin"]
    with pikepdf.open(BytesIO(content)) as pdf:
        kinds = [str(element.S) for element in elements(pdf.Root.StructTreeRoot)]
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)[::2]
    assert [kind for kind in kinds if kind in ("/H1", "/H2")] == ["/H1", "/H2"]
    assert numbers == list(range(len(numbers)))


def test_a_piece_that_is_only_counted_is_not_in_the_document():
    long = LongDocument()
    html = _PIECE.format(title="Un", rank=1, own="un", other="un")
    assert long.count(html) == 1
    assert len(pypdfium2.PdfDocument(long.write([long.lay_out(html)]))) == 1


def test_a_piece_leaves_nothing_of_its_layout_behind_it():
    """Boxes and styles are most of what a document weighs: a hundred pieces keep none."""
    long = LongDocument(_SHEETS)
    pieces = []
    for rank in range(1, 4):
        body = f"<p>Un <a href='#p{rank}'>lien</a> et du texte.</p><ul><li>Un</li></ul>" * 30
        html = _PIECE.format(title=f"P{rank}", rank=rank, own=f"p{rank}", other=f"p{rank}")
        pieces.append(long.lay_out(html.replace("</body>", f"{body}</body>")))
        gc.collect()
        left = [type(one) for one in gc.get_objects() if isinstance(one, Box | ComputedStyle)]
        assert left == []
    assert len(pypdfium2.PdfDocument(long.write(pieces))) == sum(piece.count for piece in pieces)


def test_a_picture_of_two_pieces_is_written_once(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    name = "attachments/A1b2C3d4E5f6G7h8I9j0Kk-640x480.png"
    (tmp_path / "attachments").mkdir()
    (tmp_path / name).write_bytes(picture("PNG", size=(640, 480), mode="RGBA"))
    html = _PIECE.format(title="Un", rank=1, own="un", other="un")
    html = html.replace("</body>", f'<p><img src="media:{name}" alt="Un lieu"></p></body>')
    long = LongDocument()
    content = long.write([long.lay_out(html), long.lay_out(html)])
    with pikepdf.open(BytesIO(content)) as pdf:
        found = [
            image
            for page in pdf.pages
            for image in page.Resources.XObject.values()
            if image.Subtype == pikepdf.Name.Image
        ]
        assert len({image.objgen for image in found}) == 1
        assert (found[0].Width, found[0].SMask.Width) == (640, 640)
        figures = [e for e in elements(pdf.Root.StructTreeRoot) if pikepdf.Name.Figure == e.S]
        assert [str(figure.Alt) for figure in figures] == ["Un lieu"] * 2
