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
@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("sion", "soin"), ("soim", "soin"), ("piar", "pair"), ("apir", "pair"), ("tep", "etp"),
        ("pairaidance", "pair aidance"), ("pairaidances", "pair aidances"),
        ("comise", "co mise"),
    ],
)  # fmt: skip
def test_a_short_word_and_a_missing_hyphen_are_mended(asked, first):
    entry("1", "Le soin", "Agir, tout de suite ; le comité. " * 3)
    entry("2", "Pair-aidance", "Un pair.")
    entry("3", "Co-mise en œuvre", aliases=["ETP"])
    (found,) = closest([asked])
    assert found.words[0] == first


@pytest.mark.django_db
def test_a_word_of_three_letters_is_not_mended_into_any_other():
    entry("1", "Tout le but", "Un bout de goût.")
    assert [found.words for found in closest(["burn", "out"])] == [[], []]


@pytest.mark.django_db
def test_two_words_that_stand_together_in_no_name_are_not_parted():
    entry("1", "Le pair", "La pair aidance.")
    entry("2", "Une aidance")
    assert closest(["pairaidance"])[0].words == []


@pytest.mark.django_db
def test_closest_of_an_empty_index():
    assert closest(["mot"]) == []
    assert closest([]) == []
