"""HTML to PDF/UA: the same bytes each time, nothing read from outside, tags mended."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pytest
import segno
from pikepdf import Name

from cops.pdf import make, qr_svg
from cops.pdf.sources import Refused, StaticFetcher, static_path
from tests.pdf.verapdf import assert_pdf_ua, verapdf

STYLE = """
@page { size: A4; margin: 20mm; @bottom-left { content: "Pied de page" }
        @bottom-right { content: "page " counter(page) "/" counter(pages) } }
"""
BODY = """
<h1>Un titre</h1>
<p>Un <a href="https://example.org/ici">lien avec <strong>du gras</strong> dedans</a>,
un <a href="#suite"><strong>lien interne</strong></a>.</p>
<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" aria-hidden="true">
  <path d="M0 0h20v20z" fill="#1b5e9e"/></svg>
<ul><li>Un<ul><li>Un et demi</li></ul></li><li>Deux</li></ul>
<h2 id="suite">La suite</h2>
<table><caption>Un tableau</caption>
<thead><tr><th>Niveau</th><th>Nom</th></tr></thead>
<tbody><tr><th scope="row">0</th><td>Aucune action</td></tr>
<tr><th scope="row">1</th><td>Information</td></tr></tbody></table>
"""


def page(body: str = BODY, *, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Un essai</title>'
        f"<style>{STYLE}</style>{head}</head><body>{body}</body></html>"
    )


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


def elements(element):
    """Every structure element, in reading order."""
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def structure(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return list(elements(pdf.Root.StructTreeRoot))


def test_make_twice_gives_the_same_bytes():
    html = page(BODY + qr_svg("https://example.org/", title="Code"))
    assert make(html) == make(html)


def test_make_is_pdf_ua(tmp_path):
    path = tmp_path / "essai.pdf"
    path.write_bytes(make(page(BODY + qr_svg("https://example.org/", title="Code à viser"))))
    assert_pdf_ua(path)


def test_verapdf_finds_what_is_wrong(tmp_path):
    """The check itself: a document whose first heading is a second level is refused."""
    path = tmp_path / "faux.pdf"
    path.write_bytes(make(page("<h2>Trop bas</h2>")))
    [report] = verapdf(path)
    assert not report.compliant
    assert [rule.split()[0] for rule in report.broken] == ["7.4.2-1"]


def test_title_and_language_are_declared():
    pdf = opened(make(page()))
    assert str(pdf.Root.Lang) == "fr"
    assert str(pdf.docinfo.Title) == "Un essai"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle) is True
    assert pdf.open_metadata()["pdfuaid:part"] == "1"


def test_running_words_and_bare_pictures_are_artifacts():
    pdf = opened(make(page()))
    stream = pdf.pages[0].Contents.read_bytes()
    # Two boxes at the foot of the page, one picture without a name.
    assert stream.count(b"/Artifact\n<</Type /Pagination>>\nBDC") == 2
    assert b"/Artifact\nBMC\nq\n/a1 gs" in stream
    marks = {int(n) for n in re.findall(rb"<</MCID (\d+)>>", stream)}
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    assert marks == {n for n, owner in enumerate(owners) if owner is not None}
    assert [e for e in structure(pdf) if Name.Figure == e.S] == []


def test_named_picture_keeps_its_words():
    code = qr_svg("https://example.org/", title="Code de « l’essai »")
    pdf = opened(make(page("<h1>A</h1>" + code)))
    [figure] = [e for e in structure(pdf) if Name.Figure == e.S]
    assert str(figure.Alt) == "Code de «\xa0l’essai\xa0»"


def test_header_cells_say_what_they_head():
    pdf = opened(make(page()))
    scopes = [str(e.A.Scope) for e in structure(pdf) if e.S == Name.TH and "/A" in e]
    assert scopes == ["/Column", "/Column", "/Row", "/Row"]


def test_links_are_named_in_words_and_own_their_annotations():
    pdf = opened(make(page()))
    annotations = list(pdf.pages[0].Annots)
    assert {str(a.Contents) for a in annotations} == {"lien avec du gras dedans", "lien interne"}
    holders = [
        element.S
        for element in structure(pdf)
        for kid in element.K
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == Name.OBJR
    ]
    assert holders == [Name.Link] * len(annotations)
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = dict(zip(map(int, list(numbers)[::2]), list(numbers)[1::2], strict=True))
    assert {owners[int(a.StructParent)].S for a in annotations} == {Name.Link}


@pytest.mark.parametrize(
    "intruder",
    [
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        '<link rel="attachment" href="static:css/pdf-tokens.css">',
        '<style>@import "http://127.0.0.1:9/x.css";</style>',
        '<base href="file:///etc/">',
    ],
)
def test_nothing_is_read_from_outside_by_the_head(intruder):
    assert make(page(head=intruder)) == make(page())


@pytest.mark.parametrize(
    "intruder",
    [
        '<p><a rel="attachment" href="file:///etc/passwd">x</a></p>',
        '<object data="file:///etc/passwd"></object>',
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<img alt="x" src="file:///usr/share/pixmaps/debian-logo.png">',
        '<img alt="x" src="data:image/png;base64,iVBORw0KGgo=">',
    ],
)
def test_nothing_is_read_from_outside_by_the_body(intruder):
    content = make(page(BODY + intruder))
    pdf = opened(content)
    assert len(pdf.attachments) == 0
    assert b"root:" not in b"".join(
        o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream)
    )
    assert [
        o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == Name.Image
    ] == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "https://example.org/",
        "ftp://example.org/",
        "data:text/css,a{}",
        "static:../manage.py",
        "static:/etc/passwd",
        "static:css/absent.css",
        "static:fonts/LICENSE.txt",
        "relative.css",
    ],
)
def test_fetcher_refuses_what_is_not_ours(address):
    with pytest.raises(Refused):
        StaticFetcher().fetch(address)


def test_fetcher_opens_our_own_files():
    answer = StaticFetcher().fetch("static:css/pdf-tokens.css")
    assert answer.read() == static_path("css/pdf-tokens.css").read_bytes()
    assert answer.content_type == "text/css"


def test_qr_code_draws_every_module_of_the_address():
    """The picture is the code itself, quiet zone included; the address stays out of the title."""
    address = "https://example.org/ressources/x/?v=3"
    svg = qr_svg(address, title="Code <de> l’essai")
    assert "<title>Code &lt;de&gt; l’essai</title>" in svg
    assert "example.org" not in svg
    drawn = {
        (int(x) + step - 4, int(y) - 4)
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v", svg)
        for step in range(int(width))
    }
    matrix = segno.make(address, error="m", micro=False).matrix
    assert drawn == {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
