from datetime import timedelta

import pytest
from django.utils import timezone

from cops.background.registry import beat_schedule
from cops.search import entries_remove, frequent_stems
from cops.search.models import SearchWord
from cops.search.tasks import refresh_words
from cops.search.words import forget_frequent_stems, words_refresh
from tests.search.making import entry

pytestmark = pytest.mark.django_db


def counted() -> dict[str, int]:
    return dict(SearchWord.objects.values_list("word", "entries"))


def test_refresh_counts_rows_by_stem_and_forgets_what_left():
    entry("1", "Le soin", "Des soins.")
    entry("2", "Le soin")
    entry("3", "Éphémère")
    words_refresh()
    assert {word: counted()[word] for word in ("soin", "soins", "éphémère")} == {
        "soin": 2, "soins": 2, "éphémère": 1,
    }  # fmt: skip
    entries_remove("tests:3")
    words_refresh()
    assert "éphémère" not in counted()


def test_words_of_what_is_not_visible_are_unknown():
    entry("1", "Secret", visible_from=timezone.now() + timedelta(days=1))
    assert counted() == {}
    words_refresh()
    assert counted() == {}


def test_frequent_stems_are_the_fifty_of_most_rows():
    for number in range(60):
        entry(str(number), " ".join(f"mot{n:02}" for n in range(number, 60)))
    words_refresh()
    stems = frequent_stems()
    assert len(stems) == 50
    assert "mot59" in stems
    assert "mot00" not in stems


def test_frequent_stems_are_kept_in_memory(django_assert_num_queries):
    entry("1", "Le soin pour les soins")
    words_refresh()
    with django_assert_num_queries(1):
        assert frequent_stems() == {"soin"}
        assert frequent_stems() == {"soin"}
    forget_frequent_stems()
    with django_assert_num_queries(1):
        frequent_stems()


def test_the_task_is_on_the_timer_and_runs_twice():
    entry("1", "Le soin")
    assert beat_schedule()["cops.search.refresh_words"]["task"] == refresh_words.name
    refresh_words()
    before = counted()
    refresh_words()
    assert counted() == before
