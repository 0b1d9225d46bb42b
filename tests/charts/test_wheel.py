"""The wheel: a name for the ear, colours for WeasyPrint, classes for the page, and its weight."""

import gzip
import xml.etree.ElementTree as ET

import pytest
from django.template import Context, Template

from cops.charts.palette import AXES
from cops.charts.wheel import EMBLEM, VIEW_BOXES, mark_svg, wheel_svg

SVG = "{http://www.w3.org/2000/svg}"
SCORES = [3, 4, 2, 2, 3, 3, 1, 3, 0, None, 2, 1]


def _draw(scores=EMBLEM, **options):
    options = {"title": "Notre roue", "uid": "roue"} | options
    return ET.fromstring(wheel_svg(scores, **options))


def _cells(root, kind):
    return sum(p.get("d").count("M") for p in root.iter(f"{SVG}path") if p.get("class") == kind)


def test_title_is_the_first_child_and_names_the_drawing():
    root = _draw()
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "Notre roue"
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == root[0].get("id") == "roue-titre"
    assert root.get("aria-label") is None


def test_cells_follow_the_scores():
    root = _draw(SCORES)
    assert _cells(root, "on") == 24
    assert _cells(root, "off") == 11 * 4 - 24
    assert _cells(root, "none") == 4


def test_what_nobody_answered_yet_has_no_tint():
    root = _draw([0] * 12, waiting=(1, 2))
    kinds = [p.get("class") for p in root.iter(f"{SVG}path")]
    assert kinds == ["off", "off wait", "off wait", *["off"] * 9]


def _outline(over):
    root = _draw([0] * 12, over=over)
    lines = [p.get("d") for p in root.iter(f"{SVG}path") if p.get("class") == "over"]
    assert len(lines) == 1
    return lines[0]


def test_a_second_wheel_is_one_closed_line_over_the_first():
    line = _outline([0, 1, 2, 3, 4] * 2 + [1, 1])
    assert line.count("A") == 12
    assert line.count("M") == 1
    assert line.endswith("Z")


def test_the_line_of_the_second_wheel_stops_where_nobody_is_concerned():
    line = _outline([2] * 3 + [None] + [2] * 8)
    assert line.count("A") == 11
    assert line.count("M") == 2
    assert not line.endswith("Z")
    assert "over" not in wheel_svg(title="t", uid="u", over=[None] * 12)


def test_without_a_second_wheel_there_is_no_line():
    assert "over" not in wheel_svg(title="t", uid="u")


@pytest.mark.parametrize("over", [[1] * 11, [5] + [0] * 11])
def test_a_wrong_second_wheel_is_refused(over):
    with pytest.raises(ValueError):
        wheel_svg(title="t", uid="u", over=over)


def test_four_axes_carry_their_class_and_their_colours():
    groups = [g for g in _draw().iter(f"{SVG}g") if g.get("class")]
    assert [g.get("class") for g in groups] == [f"ax-{axis.code}" for axis in AXES]
    assert [g.get("fill") for g in groups] == [axis.text for axis in AXES]
    assert [g.get("stroke") for g in groups] == [axis.text for axis in AXES]


@pytest.mark.parametrize("labels", VIEW_BOXES)
def test_weight_and_no_inline_style(labels):
    svg = wheel_svg(SCORES, title="Roue", uid="r", labels=labels)
    assert len(gzip.compress(svg.encode())) <= 4000
    assert "style=" not in svg


@pytest.mark.parametrize(("labels", "first"), [("letters", "CE"), ("corners", "Co-expression")])
def test_straight_labels_are_texts(labels, first):
    texts = [t.text for t in _draw(labels=labels).iter(f"{SVG}text")]
    assert texts[0] == first
    assert len(texts) == 4


def test_curved_names_follow_paths_of_their_own_ids():
    root = _draw(labels="names")
    ids = {p.get("id") for p in root.iter(f"{SVG}path") if p.get("id")}
    assert {t.get("href")[1:] for t in root.iter(f"{SVG}textPath")} == ids
    assert len(ids) == 4


def test_title_is_escaped():
    assert _draw(title="A < B & « C »")[0].text == "A < B & « C »"


@pytest.mark.parametrize("scores", [[1] * 11, [5] + [0] * 11, [-1] + [0] * 11])
def test_a_wrong_set_of_scores_is_refused(scores):
    with pytest.raises(ValueError):
        wheel_svg(scores, title="t", uid="u")


def test_unknown_labels_are_refused():
    with pytest.raises(ValueError):
        wheel_svg(title="t", uid="u", labels="noms")


def test_tag_draws_the_emblem_by_default():
    source = '{% load charts %}{% wheel title="La roue" id="hero" %}'
    assert Template(source).render(Context()) == wheel_svg(title="La roue", uid="hero")


@pytest.mark.parametrize("dark", [False, True])
def test_mark_is_a_drawing_without_words(dark):
    root = ET.fromstring(mark_svg(dark=dark))
    assert {element.tag for element in root.iter()} == {f"{SVG}svg", f"{SVG}g", f"{SVG}path"}
