"""The team's desk: the list of sheets, and what waits in « À traiter »."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cops.counters.models import SearchMiss
from cops.todo.collecting import collect
from resources.desk.lists import Tab, tab_counts, tab_rows
from resources.enums import DraftState, Kind, Status
from resources.models import Resource, ResourceDraft
from resources.services.previews import comment_add, preview_create
from resources.services.publishing import (
    resource_review,
)
from tests.resources import factories
from tests.resources.desk import page, team, url, words
from tests.resources.working_texts import in_state, published

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)


# --- the list


@pytest.fixture
def sheets() -> dict[str, Resource]:
    """One sheet for each thing that waits."""
    now = timezone.now()
    made = {
        "brouillon": factories.resource(status=Status.DRAFT, version=0),
        "en relecture": factories.resource(status=Status.IN_REVIEW, version=0),
        "en ligne": published(),
        "à relire": published(review_by=timezone.localdate() - TOMORROW),
        "à venir": factories.resource(published_at=now + TOMORROW),
        "retrait prévu": factories.resource(withdrawn_at=now + TOMORROW),
        "retirée": factories.resource(withdrawn_at=now - timedelta(hours=1)),
        "archivée": factories.resource(status=Status.ARCHIVED),
        "correction": in_state(DraftState.WRITING),
        "correction à relire": in_state(DraftState.IN_REVIEW),
        "correction prévue": in_state(DraftState.SCHEDULED),
    }
    for name, resource in made.items():
        Resource.objects.filter(pk=resource.pk).update(title=name, sort_key=name)
    return made


TABS = {
    Tab.ALL: None,
    Tab.DRAFTS: {"brouillon", "correction"},
    Tab.REVIEWS: {"en relecture", "correction à relire"},
    Tab.SCHEDULED: {"à venir", "retrait prévu", "correction prévue"},
    Tab.PUBLISHED: {
        "en ligne", "à relire", "retrait prévu", "correction", "correction à relire",
        "correction prévue",
    },
    Tab.OVERDUE: {"à relire"},
    Tab.ARCHIVED: {"retirée", "archivée"},
}  # fmt: skip


@pytest.mark.parametrize("tab", Tab)
def test_each_tab_holds_what_waits_and_its_count_says_so(sheets, tab):
    wanted = TABS[tab] or set(sheets)
    assert set(tab_rows(tab).values_list("title", flat=True)) == wanted
    assert tab_counts()[tab] == len(wanted)
    client, _ = team()
    tree = page(client, f"{url('desk')}?etat={tab.value}")
    shown = {words(link) for link in tree.xpath("//tbody//th/a")}
    assert {name.replace("\u00a0", " ") for name in shown} == wanted


def test_the_two_states_of_each_sheet_are_in_the_list(sheets):
    client, _ = team()
    tree = page(client, url("desk"))
    told = {}
    for row in tree.xpath("//tbody/tr"):
        labels = [words(label) for label in row.xpath(".//*[contains(@class, 'staff-state')]")]
        told[words(row.xpath(".//th/a")[0])] = tuple(labels)
    assert told == {
        "brouillon": ("Rien en ligne", "Brouillon"),
        "en relecture": ("Rien en ligne", "Relecture demandée"),
        "en ligne": ("En ligne", "Rien en cours"),
        "à relire": ("En ligne", "Rien en cours"),
        "à venir": ("Pas encore en ligne", "Rien en cours"),
        "retrait prévu": ("En ligne", "Rien en cours"),
        "retirée": ("Retirée", "Rien en cours"),
        "archivée": ("Archivée", "Rien en cours"),
        "correction": ("En ligne", "Correction en cours"),
        "correction à relire": ("En ligne", "Relecture demandée"),
        "correction prévue": ("En ligne", "Publication prévue"),
    }


def test_a_sheet_is_found_by_words_of_its_title_and_its_kind():
    client, _ = team()
    factories.resource(title="Le groupe de travail", kind=Kind.GUIDE)
    factories.resource(title="Le groupe", kind=Kind.REPERE)
    shown = words(page(client, f"{url('desk')}?q=travail+groupe&genre=guide"))
    assert "1 fiche" in shown
    assert "Aucune fiche ne répond" in words(page(client, f"{url('desk')}?q=zzz"))


def test_the_list_asks_as_many_questions_for_one_row_as_for_thirty(django_assert_max_num_queries):
    client, _ = team()
    for count in (1, 29):
        for _number in range(count):
            in_state(DraftState.WRITING)
        with django_assert_max_num_queries(24):
            page(client, url("desk"))


def test_searches_without_result_are_shown_from_three_times():
    today = timezone.localdate()
    for text, day, count in (
        ("pair aidance", today, 2), ("pair aidance", today - TOMORROW, 1), ("rare", today, 2),
        ("ancien", today - timedelta(days=91), 9),
    ):  # fmt: skip
        SearchMiss.objects.create(text=text, day=day, count=count)
    client, _ = team()
    rows = [words(row) for row in page(client, url("desk_searches")).xpath("//tbody/tr")]
    assert len(rows) == 1
    assert rows[0].startswith("pair aidance3")


# --- « À traiter »


def test_what_waits_is_in_a_traiter():
    _, someone = team()
    asked = in_state(DraftState.IN_REVIEW)
    late = published(review_by=timezone.localdate() - TOMORROW)
    draft = factories.resource(status=Status.DRAFT, version=0)
    resource_review(resource=draft)
    link, _address = preview_create(resource=late, name="Fatima", by=None)
    for n in range(2):
        comment_add(link=link, text=f"Mot {n}", variant="standard")
    refused = in_state(DraftState.WRITING)
    ResourceDraft.objects.filter(resource=refused).update(refusal="Il manque un titre.")
    told = {
        group.source.key: sorted(item.label for item in group.items)
        for group in collect(someone)
        if group.source.key.startswith("resources.")
    }
    assert told == {
        "resources.refused": [refused.title],
        "resources.reviews": sorted([asked.title, draft.title]),
        "resources.comments": [late.title],
        "resources.overdue": [late.title],
    }


def test_a_review_that_waits_becomes_pressing():
    _, someone = team()
    made = in_state(DraftState.IN_REVIEW)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        (item,) = [i for group in collect(someone) for i in group.items if i.label == made.title]
    assert item.urgency.label == "Bientôt"
    assert item.url == url("desk_sheet", made.slug)
