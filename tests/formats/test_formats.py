from datetime import UTC, date, datetime

import pytest

from cops.formats import (
    NBSP,
    NNBSP,
    count_fr,
    date_fr,
    html_as_text,
    number_fr,
    percent_fr,
    size_fr,
    sort_key,
    time_fr,
    typography,
    unaccent,
)


def plain(text: str) -> str:
    """No-break spaces made visible: _ is the wide one, ' the narrow one."""
    return text.replace(NBSP, "_").replace(NNBSP, "'")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 1), "1er_novembre_2026"),
        (date(2026, 8, 21), "21_août_2026"),
        # In Paris it is the next day already.
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "1er_janvier_2027"),
        (None, ""),
    ],
)
def test_date(day, words):
    assert plain(date_fr(day)) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 7, 1, 12, 30, tzinfo=UTC), "14_h_30"),
        (datetime(2026, 1, 1, 8, 0, tzinfo=UTC), "9_h"),
        (datetime(2026, 1, 1, 8, 5, tzinfo=UTC), "9_h_05"),
        (None, ""),
    ],
)
def test_time(at, words):
    assert plain(time_fr(at)) == words


@pytest.mark.parametrize(
    ("number", "digits", "words"),
    [
        (0, 0, "0"), (999, 0, "999"), (12_480, 0, "12'480"), (1_234_567, 0, "1'234'567"),
        (2.4, 1, "2,4"), (2.45, 1, "2,5"), (-3, 0, "−3"), (None, 0, ""), ("", 0, ""),
        (1.05, 1, "1,1"), (0.5, 0, "1"), (-0.2, 0, "0"),
    ],
)  # fmt: skip
def test_number(number, digits, words):
    assert plain(number_fr(number, digits)) == words


def test_percent():
    assert plain(percent_fr(0.41)) == "41_%"
    assert plain(percent_fr(0.415, 1)) == "41,5_%"
    assert percent_fr(None) == ""


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (0, "0_octet"), (1, "1_octet"), (2, "2_octets"), (999, "999_octets"), (1000, "1_ko"),
        (180_400, "180_ko"), (999_499, "999_ko"), (999_500, "1_Mo"), (1_000_000, "1_Mo"),
        (1_240_000, "1,2_Mo"), (12_040_000, "12_Mo"), (1_200_000_000, "1,2_Go"), (None, ""),
    ],
)  # fmt: skip
def test_size(octets, words):
    assert plain(size_fr(octets)) == words


def test_count_takes_the_singular_below_two():
    assert plain(count_fr(0, "fiche")) == "0_fiche"
    assert plain(count_fr(1, "fiche,fiches")) == "1_fiche"
    assert plain(count_fr(2, "fiche")) == "2_fiches"
    assert plain(count_fr(1200, "œil,yeux")) == "1'200_yeux"


@pytest.mark.parametrize(
    ("text", "set_text"),
    [
        ("l'œuvre d'art", "l’œuvre d’art"),
        ("« oui »", "«_oui_»"),
        ("«oui»", "«_oui_»"),
        ("Où ?", "Où'?"),
        ("Vrai ; faux !", "Vrai'; faux'!"),
        ("Note : 5 %", "Note_: 5_%"),
        ("12 480 pages", "12'480_pages"),
        ("à 14:30", "à 14:30"),
        ("« Où ? »", "«_Où'?_»"),
        ("le 30 mars 2022, 40 heures, p. 49-74", "le 30_mars_2022, 40_heures, p._49-74"),
        ("le 1er mai 2022", "le 1er_mai_2022"),
        ("1 2 3", "1 2 3"),
        ("", ""),
    ],
)
def test_typography(text, set_text):
    assert plain(typography(text)) == set_text


@pytest.mark.parametrize("text", ["« Où ? »", "12 480 %", "l'an 2026 : fin ; bien !"])
def test_typography_twice_is_typography_once(text):
    assert typography(typography(text)) == typography(text)


def test_unaccent():
    assert unaccent("ÉTÉ à Nîmes, CŒUR, l’Ægide ﬁn") == "ete a nimes, coeur, l'aegide fin"


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("L’expérience", "experience"),
        ("« Aller vers »", "aller vers"),
        ("Les Œuvres", "oeuvres"),
        ("Une fiche", "fiche"),
        ("Le", "le"),
        ("D’abord", "abord"),
        ("Desserte", "desserte"),
        ("Pair-aidance", "pair aidance"),
        ("", ""),
    ],
)
def test_sort_key(title, key):
    assert sort_key(title) == key


def test_alphabetical_order_is_french():
    names = ["Zone", "École", "ecart", "Écart-type", "L’œuvre", "obole", "Oasis"]
    assert sorted(names, key=sort_key) == [
        "ecart", "Écart-type", "École", "Oasis", "obole", "L’œuvre", "Zone",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>Titre</h2>\n<p>Un <b>mot</b>,\nun autre.</p>", "Titre\nUn mot, un autre."),
        ("<ul><li>a &amp; b</li><li>c</li></ul>", "a & b\nc"),
        ("un<br>deux<BR/>trois", "un\ndeux\ntrois"),
        ("&lt;p&gt; écrit", "<p> écrit"),
        ("", ""),
    ],
)
def test_the_words_of_an_html_text_a_line_for_each_block(html, text):
    assert html_as_text(html) == text
