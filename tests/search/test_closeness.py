import pytest

from cops.search.closeness import allowed, closest, distance
from tests.search.making import entry


@pytest.mark.parametrize(
    ("one", "other", "gap"),
    [
        ("", "", 0), ("soin", "soin", 0), ("soin", "sein", 1), ("soin", "soins", 1),
        ("soin", "son", 1), ("sion", "soin", 1), ("ca", "abc", 3), ("abc", "", 3),
    ],
)  # fmt: skip
def test_distance(one, other, gap):
    assert distance(one, other) == distance(other, one) == gap


def test_two_letters_are_forgiven_in_long_words_only():
    assert [allowed("soin"), allowed("partenariat")] == [1, 2]


@pytest.mark.django_db
def test_closest_tells_unknown_words_with_their_neighbours():
    entry("1", "Éthique du soin", "Les soins, le sein, la recherche.")
    found = {word.asked: word.words for word in closest(["ethik", "recherce", "soins", "zxqwv"])}
    assert found["recherce"] == ["recherche"]
    assert found["zxqwv"] == []
    assert "soins" not in found


@pytest.mark.django_db
def test_closest_of_an_empty_index():
    assert closest(["mot"]) == []
    assert closest([]) == []
