"""« Le COPS » comes from content/cops.yaml, without what was true of 2022 only."""

import pytest
from django.conf import settings
from django.urls import reverse

from cops.content.reading import Reading
from cops.pages import loading
from cops.pages.models import Organisation
from cops.pages.periods import period_fr


def _read(folder):
    reading = Reading(root=folder)
    return loading.read(folder, reading), reading.faults


def test_the_file_of_the_repository_has_no_fault():
    items, faults = _read(settings.ROOT / "cops/pages/content")
    assert faults == []
    assert [item.slug for item in items] == ["cops"]


def test_a_fault_is_named_with_its_line(tmp_path):
    path = tmp_path / loading.FILE
    path.write_text("slug: cops\ntitle: Le COPS\nsummary: Un mot\ncouleur: bleu\n")
    _, faults = _read(tmp_path)
    assert [(fault.line, fault.file) for fault in faults] == [(4, "cops.yaml")]


def test_a_missing_file_is_a_fault(tmp_path):
    items, faults = _read(tmp_path)
    assert (items, len(faults)) == ([], 1)


@pytest.mark.django_db
def test_the_page_tells_missions_and_history(client):
    items, _ = _read(settings.ROOT / "cops/pages/content")
    keys = loading.save(items, lambda source, slug: None)
    assert loading.find(["cops"]) == keys
    assert loading.state(keys.values())[keys["cops"]] == items[0].data
    html = client.get(reverse("pages:cops")).content.decode().replace("\xa0", " ")
    for words in ("Appuyer les projets", "de juin 2019 à décembre 2021", "Savoirs Patients", "127"):
        assert words in html
    for words in ("second semestre", "en-preparation", "Le cahier des charges"):
        assert words not in html


@pytest.mark.django_db
def test_archived_content_leaves_the_page(client):
    items, _ = _read(settings.ROOT / "cops/pages/content")
    keys = loading.save(items, lambda source, slug: None)
    loading.archive(list(keys.values()))
    assert Organisation.objects.get().archived_at is not None
    loading.save(items, lambda source, slug: None)
    assert Organisation.objects.get().archived_at is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2018", "2018"),
        ("2018/2019", "2018-2019"),
        ("2019-03-12", "12 mars 2019"),
        ("2022-04-01", "1er avril 2022"),
        ("2022-01", "janvier 2022"),
        ("2019-06/2021-12", "de juin 2019 à décembre 2021"),
    ],
)
def test_periods_are_told_in_french(text, words):
    assert period_fr(text).replace("\xa0", " ") == words
