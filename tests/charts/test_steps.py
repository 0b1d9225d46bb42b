"""A level through the times: a name for the ear, a line that breaks where nothing is said."""

import xml.etree.ElementTree as ET

import pytest

from cops.charts.palette import AXES
from cops.charts.steps import steps_svg

SVG = "{http://www.w3.org/2000/svg}"


def _draw(levels):
    return ET.fromstring(steps_svg(levels, title="Co-décision", uid="cd", axis=AXES[2]))


def _line(root):
    return next(p.get("d") for p in root.iter(f"{SVG}path") if p.get("class") == "line")


def test_title_is_the_first_child_and_names_the_drawing():
    root = _draw([1, 2])
    assert root[0].tag == f"{SVG}title"
    assert root.get("aria-labelledby") == root[0].get("id") == "cd-titre"


def test_the_line_goes_up_with_the_level_and_the_last_one_is_written():
    root = _draw([0, 4, 2.5])
    assert _line(root) == "M8 52L59 8L110 24.5"
    assert [t.text for t in root.iter(f"{SVG}text")] == ["2,5"]
    assert len(list(root.iter(f"{SVG}circle"))) == 3


@pytest.mark.parametrize("levels", [[1, 2.5], [0, 4, 3.5], [1.5]])
def test_the_last_figure_is_beside_its_point_and_inside_the_drawing(levels):
    root = _draw(levels)
    (text,) = root.iter(f"{SVG}text")
    point = list(root.iter(f"{SVG}circle"))[-1]
    begins = float(text.get("x"))
    assert text.get("text-anchor", "start") == "start"
    assert begins >= float(point.get("cx")) + float(point.get("r")) + 1
    # The widest bold face that a browser falls back to: 0.7 em a figure, 0.38 em the comma.
    wide = float(text.get("font-size")) * (2 * 0.7 + 0.38)
    assert begins + wide <= float(root.get("viewBox").split()[2])


def test_the_line_breaks_where_nobody_was_concerned():
    root = _draw([1, None, 3, 3])
    assert _line(root) == "M8 41M76 19L110 19"


def test_a_last_time_without_level_is_not_written():
    root = _draw([1, 2, None])
    assert list(root.iter(f"{SVG}text")) == []


@pytest.mark.parametrize("levels", [[], [5], [-1, 2]])
def test_what_is_out_of_the_scale_is_refused(levels):
    with pytest.raises(ValueError):
        _draw(levels)
