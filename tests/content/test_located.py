"""YAML with its lines: what is refused, and where."""

import pytest

from cops.content.located import read_yaml


def read(text: str, first_line: int = 1):
    found: list[tuple[int, str]] = []
    value = read_yaml(
        text, complain=lambda line, message: found.append((line, message)), first_line=first_line
    )
    return value, found


def test_read_yaml_knows_the_line_of_every_value():
    value, faults = read("a: 1\nb:\n  - x\n  - y\n", first_line=10)
    assert faults == []
    assert (value.value["a"].value, value.value["a"].line) == (1, 10)
    assert [(item.value, item.line) for item in value.value["b"].value] == [("x", 12), ("y", 13)]


def test_read_yaml_of_a_key_given_twice_names_the_second():
    _, faults = read("slug: a\ntitle: b\nslug: c\n")
    assert faults == [(3, "le champ « slug » est donné deux fois.")]


def test_read_yaml_of_broken_yaml_names_the_line():
    value, faults = read('a: 1\nb: "jamais fermé\nc: 2\n')
    assert value is None
    assert [line for line, _ in faults] in ([2], [4])
    assert faults[0][1].startswith("YAML illisible")


@pytest.mark.parametrize(
    "text", ["a: &x 1\nb: *x\n", "- &a [1]\n- *a\n", "a: &a\n  b: 1\nc:\n  <<: *a\n"]
)
def test_read_yaml_refuses_anchors(text):
    value, faults = read(text)
    assert value is None
    assert faults == [(1, "les ancres et les alias (& et *) ne sont pas admis.")]


def test_read_yaml_of_a_python_object_does_not_build_it():
    value, faults = read("a: !!python/object/apply:os.system ['true']\nb: !!python/name:os.x ''\n")
    assert value is not None
    assert faults == [(2, "valeur impossible : «  ».")]
    assert [item.value for item in value.value["a"].value] == ["true"]


@pytest.mark.parametrize("text", ["", "# un commentaire\n"])
def test_read_yaml_of_nothing_is_none(text):
    assert read(text) == (None, [])


def test_read_yaml_of_an_impossible_date_is_a_fault():
    _, faults = read("a: 1\njour: 2024-13-45\n")
    assert [line for line, _ in faults] == [2]


def test_lists_without_end_are_refused_at_once():
    faults = []
    read_yaml("[" * 100_000, complain=lambda line, message: faults.append((line, message)))
    assert faults == [(1, "trop de listes emboîtées.")]
