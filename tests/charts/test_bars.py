"""Bars over time: lengths as attributes, a name, the numbers that matter."""

import xml.etree.ElementTree as ET

import pytest

from cops.charts.bars import bars_svg

NS = "{http://www.w3.org/2000/svg}"


def _drawn(*numbers: int) -> ET.Element:
    values = [(f"jour {rank}", number) for rank, number in enumerate(numbers)]
    return ET.fromstring(bars_svg(values, title="Vues <par> jour", uid="vues"))


def test_a_bar_is_as_long_as_its_number():
    bars = _drawn(5, 0, 10).findall(f".//{NS}rect")
    heights = [float(bar.get("height")) for bar in bars]
    assert heights[1] == pytest.approx(2 * heights[0])
    assert len(bars) == 2  # nothing is drawn for nothing


def test_one_visit_among_thousands_is_seen():
    bars = _drawn(1, 100_000).findall(f".//{NS}rect")
    assert float(bars[0].get("height")) == 1.0


def test_its_title_comes_first_and_names_it():
    svg = _drawn(1, 2)
    assert svg[0].tag == f"{NS}title"
    assert svg[0].text == "Vues <par> jour"
    assert svg.get("aria-labelledby") == svg[0].get("id") == "vues-titre"
    assert svg.get("role") == "img"


def test_the_first_the_last_and_the_highest_are_written():
    words = [text.text for text in _drawn(1, 7, 2).findall(f".//{NS}text")]
    assert words == ["jour 0", "jour 2", "7"]
    assert [text.text for text in _drawn(0).findall(f".//{NS}text")] == ["jour 0"]


def test_no_style_but_attributes():
    drawn = bars_svg([("a", 1)], title="t", uid="u")
    assert "style=" not in drawn
    assert 'fill="#1b5e9e"' in drawn


@pytest.mark.parametrize("values", [[], [("a", -1)]])
def test_what_cannot_be_drawn_is_refused(values):
    with pytest.raises(ValueError, match="bars"):
        bars_svg(values, title="t", uid="u")
