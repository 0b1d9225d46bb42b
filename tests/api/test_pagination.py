"""The order and the cursor of a list, apart from any list."""

import pytest
from django.http import QueryDict

from cops.api.errors import BadRequest
from cops.api.pagination import cursor_place, cursor_sign, slice_asked


@pytest.mark.parametrize(
    ("text", "size", "said"),
    [
        ("", 20, False),
        ("1", 1, False),
        ("50", 50, False),
        ("51", 50, True),
        ("10000", 50, True),
        ("0", 1, True),
        ("-3", 20, True),
        ("dix", 20, True),
        ("٣", 20, True),
        ("9" * 40, 20, True),
    ],
)
def test_a_size_out_of_bounds_is_mended_and_said(text, size, said):
    part = slice_asked(QueryDict(f"taille={text}"))
    assert part.size == size
    assert bool(part.notices) is said


def test_a_cursor_says_what_was_signed():
    assert cursor_place(cursor_sign("titre", ["a", 3]), "titre") == ["a", 3]


@pytest.mark.parametrize("broken", ["", "x", "e30:1:abc", "\0", "é" * 50, "a" * 1999])
def test_an_invented_cursor_is_refused(broken):
    with pytest.raises(BadRequest, match="reprenez la liste à son début"):
        cursor_place(broken, "titre")


def test_a_cursor_of_another_order_is_refused():
    with pytest.raises(BadRequest):
        cursor_place(cursor_sign("titre", ["a", 3]), "recent")


def test_a_tampered_cursor_is_refused():
    cursor = cursor_sign("titre", ["a", 3])
    with pytest.raises(BadRequest):
        cursor_place(cursor[:-1] + ("a" if cursor[-1] != "a" else "b"), "titre")
