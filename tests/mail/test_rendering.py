"""The text first; the HTML is the same words, and asks nothing of anybody."""

from __future__ import annotations

import re

import pytest

from cops.mail.building import build
from cops.mail.outbox import Row
from cops.mail.rendering import html_of


def body(text: str) -> str:
    """What is inside the column, without the styles."""
    inside = html_of("Objet", text).partition("system-ui")[2].partition('">\n')[2]
    return re.sub(r' style="[^"]*"', "", inside.partition("\n</div></body>")[0])


def test_paragraphs_and_lines():
    assert body("Un\n\nDeux\ntrois\n") == "<p>Un</p>\n<p>Deux<br>\ntrois</p>"


def test_a_list():
    assert body("- un\n- deux\n") == "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"


def test_what_is_set_in_stands_out():
    html = html_of("Objet", "Voici :\n\n    KXTP-DWQM\n")
    [code] = re.findall(r'<p style="([^"]*)">KXTP-DWQM</p>', html)
    assert "font:700 28px" in code


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "Voir https://e.org/a/?b=1&c=2.",
            '<p>Voir <a href="https://e.org/a/?b=1&amp;c=2">https://e.org/a/?b=1&amp;c=2</a>.</p>',
        ),
        ("(https://e.org/a)", '<p>(<a href="https://e.org/a">https://e.org/a</a>)</p>'),
        ('https://e.org/"onclick=x', '<p><a href="https://e.org/">https://e.org/</a>'
         "&quot;onclick=x</p>"),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
    ],
)  # fmt: skip
def test_addresses_are_links_and_nothing_else_is(text, html):
    assert body(text) == html


def test_nothing_typed_becomes_html():
    assert (
        body("<img src=x> & <b>gras</b>")
        == "<p>&lt;img src=x&gt; &amp; &lt;b&gt;gras&lt;/b&gt;</p>"
    )


def test_a_mail_loads_nothing_from_anywhere():
    row = Row(1, "p" * 22, "a@example.org", "letter", True, "Objet <b>", "Texte\n", "", 0)
    mail = build(row)
    html, kind = mail.alternatives[0]
    assert kind == "text/html"
    assert not re.findall(r"<(?:img|script|link|iframe|object)|url\(|@import", str(html))
    assert "<title>Objet &lt;b&gt;</title>" in str(html)
    assert '<html lang="fr">' in str(html)


def test_text_and_html_say_the_same():
    row = Row(1, "p" * 22, "a@example.org", "notice", False, "Objet", "Un\n\n- deux\n", "", 0)
    mail = build(row)
    html = str(mail.alternatives[0][0]).partition("<body")[2]
    words = re.sub(r"<[^>]*>", " ", "<body" + html).split()
    plain = [word for word in str(mail.body).split() if word not in {"-", "--"}]
    assert words == plain
