"""The no-break spaces of a whole page: in what is read or heard, and nowhere else."""

import pytest

from cops.formats import NBSP, NNBSP
from cops.typesetting import typeset_html


def plain(text: str) -> str:
    return text.replace(NBSP, "_").replace(NNBSP, "'")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Quoi ? Oui ! Bien ; vu : 3 %</p>", "<p>Quoi'? Oui'! Bien'; vu_: 3_%</p>"),
        ("<p>« Agir »</p>", "<p>«_Agir_»</p>"),
        ("<p>« <b>Agir !</b> »\n  ?</p>", "<p>«_<b>Agir'!</b>_»'?</p>"),
        ("<p>« Agir ! ».</p>", "<p>«_Agir'!_».</p>"),
        ("<p>le 1er mars 2022, p. 49-74, n° 3</p>", "<p>le 1er_mars_2022, p._49-74, n°_3</p>"),
        ("<p>40 heures, 40 herbes</p>", "<p>40_heures, 40 herbes</p>"),
        ("<title>Quoi ? — COPS</title>", "<title>Quoi'? — COPS</title>"),
        ('<meta content="Vu : tout">', '<meta content="Vu_: tout">'),
        ('<a aria-label="Quoi ?" title="« a »">', '<a aria-label="Quoi\'?" title="«_a_»">'),
        ("<p>«\n  ici\n   »</p>", "<p>«_ici_»</p>"),
    ],
)  # fmt: skip
def test_what_is_read_or_heard_is_typeset(html, expected):
    assert plain(typeset_html(html)) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<input value="Quoi ?" data-words="a ; b">',
        "<textarea>Quoi ? « oui »</textarea>",
        "<script>a ? b : c ;</script>",
        "<style>a { b : c ; }</style>",
        "<pre>a ; b</pre><code>a : b</code><!-- a ; b -->",
        '<svg viewBox="0 0 100 200"><path d="M 3 4"/></svg>',
        '<a href="/?a=b ; c">x ?y :root</a>',
        f"<p>Déjà{NNBSP}? «{NBSP}oui{NBSP}»</p>",
        "<p>Quoi&nbsp;? 12:30, a:b</p>",
    ],
)
def test_nothing_else_is_touched(html):
    assert typeset_html(html) is html or typeset_html(html) == html


def test_a_long_page_is_what_its_pieces_are_one_by_one():
    pieces = [
        "<p>Quoi ? <code>a : b</code> oui : non</p>",
        '<a title="Vu : tout" data-x="a ; b">ici !</a>',
        "<pre>a ; b</pre>", "<p>« Agir »</p>", "<textarea>Quoi ?</textarea>", "tout : nu ",
    ] * 3_000  # fmt: skip
    assert typeset_html("".join(pieces)) == "".join(map(typeset_html, pieces))


def test_twice_is_once():
    once = typeset_html("<p>« Où ? » 3 heures : oui</p>")
    assert typeset_html(once) is once
