from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cops.search import EntryDraft, entries_remove, entries_replace
from cops.search.models import SearchEntry, SearchText, SearchWord
from tests.search.making import entry

pytestmark = pytest.mark.django_db

DRAFT = EntryDraft(source="tests:1", kind="agir", title="Titre", body="Des mots", url="/x/")
PART = EntryDraft(source="tests:1", key="a", kind="section", title="Un", body="un", url="/x/#a")


def keys() -> list[str]:
    return list(SearchEntry.objects.order_by("key").values_list("key", flat=True))


def test_second_time_writes_nothing(django_assert_num_queries):
    entries_replace("tests:1", [DRAFT, PART])
    with django_assert_num_queries(1):
        entries_replace("tests:1", [DRAFT, PART])


def test_only_what_differs_is_written():
    entries_replace("tests:1", [DRAFT, PART])
    before = dict(SearchEntry.objects.values_list("key", "pk"))
    other = replace(PART, key="b", title="Deux")
    entries_replace("tests:1", [replace(DRAFT, title="Autre"), other])
    assert keys() == ["", "b"]
    after = dict(SearchEntry.objects.values_list("key", "pk"))
    assert after[""] == before[""]
    assert SearchEntry.objects.get(key="").title == "Autre"


def test_texts_follow_their_rows():
    entries_replace("tests:1", [DRAFT, PART])
    entries_replace("tests:1", [replace(DRAFT, body="D’autres mots")])
    assert [text.body for text in SearchText.objects.all()] == ["D’autres mots"]


def test_remove_takes_one_source_only():
    entries_replace("tests:1", [DRAFT, PART])
    entry("2", "Autre", "Un texte")
    entries_remove("tests:1")
    assert keys() == [""]
    assert SearchText.objects.get().body == "Un texte"


def test_a_section_takes_dates_topics_and_kind_from_its_document():
    since, until = timezone.now(), timezone.now() + timedelta(days=1)
    document = replace(
        DRAFT, topics=["etp"], departments=["31"], visible_from=since, visible_until=until
    )
    entries_replace("tests:1", [PART, document])
    part = SearchEntry.objects.get(key="a")
    assert (part.family, part.parent_title, part.topics, part.departments) == (
        "agir", "Titre", ["etp"], ["31"],
    )  # fmt: skip
    assert (part.visible_from, part.visible_until) == (since, until)


def test_a_draft_of_another_source_or_a_key_given_twice_is_refused():
    with pytest.raises(ValueError, match="tests:1"):
        entries_replace("tests:2", [DRAFT])
    with pytest.raises(ValueError, match="key"):
        entries_replace("tests:1", [DRAFT, DRAFT])
    assert keys() == []


def test_words_are_known_at_once():
    entry("1", "L’éthique", "Des savoirs expérientiels")
    known = SearchWord.objects.filter(word__in=["éthique", "savoirs", "expérientiels"])
    assert dict(known.values_list("plain", "stem")) == {
        "ethique": "ethiqu", "savoirs": "savoir", "experientiels": "experientiel",
    }  # fmt: skip


def test_text_that_cannot_be_stored_is_cleaned():
    entry("1", "Un\0titre\ud800", "x" * 3000 + " " + "mot " * 100_000)
    assert SearchEntry.objects.get().title == "Untitre"


def test_end_of_visibility_comes_after_its_start():
    now = timezone.now()
    entry("1", "Titre", visible_from=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        SearchEntry.objects.update(visible_until=now - timedelta(days=1))
