"""What counts as a visit: every page of a secret link, for the earlier times too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cops.accounts.enums import Role
from cops.formats import date_fr
from selfassess.enums import Mode
from selfassess.models import Assessment
from selfassess.services.assessments import KEPT, assessment_open, assessments_purge
from selfassess.services.kept import place_keep
from tests.accounts.people import person, sign_in
from tests.selfassess import making
from tests.selfassess.making import here

pytestmark = pytest.mark.django_db
READ = ("mine", "share", "together", "decisions", "joint", "remind", "again", "keep")
OPENERS = ("manage", "keep_manager", "delete", "facilitate")


def _long_ago(days: int = 100) -> None:
    Assessment.objects.update(visited_on=timezone.localdate() - timedelta(days=days))


def _visited() -> set[int]:
    """How many days ago each was visited, as the base says."""
    today = timezone.localdate()
    return {(today - day).days for day in Assessment.objects.values_list("visited_on", flat=True)}


def _chain(times: int, mode: str = Mode.PAIR) -> list[making.Opened]:
    chain: list[making.Opened] = []
    for _ in range(times):
        before = chain[-1].assessment if chain else None
        chain.append(assessment_open(version=making.grid(), mode=mode, follows=before))
    return chain


@pytest.mark.parametrize("name", READ)
def test_each_page_of_ones_own_link_is_a_visit(client, name):
    made, (_, secret), _ = making.turned()
    _long_ago()
    assert client.get(here(name, made, secret)).status_code == 200
    assert _visited() == {0}


@pytest.mark.parametrize("name", OPENERS)
def test_each_page_of_the_opener_is_a_visit(client, name):
    made, _, _ = making.turned()
    _long_ago()
    assert client.get(reverse(f"selfassess:{name}", args=[made.code, made.manager])).status_code
    assert _visited() == {0}


def test_a_pdf_is_a_visit(client):
    made, (_, secret), _ = making.turned()
    _long_ago()
    client.get(here("paper", made, secret, "commun"))
    assert _visited() == {0}


def test_to_pose_a_level_is_a_visit(client):
    made, (_, secret), _ = making.turned()
    _long_ago()
    assert client.post(here("together", made, secret), {"value": "2"}).status_code == 302
    assert _visited() == {0}


def test_a_page_by_the_account_is_a_visit(client):
    made, (me, _), _ = making.turned()
    owner = person(Role.MEMBER)
    kept = place_keep(owner=owner, assessment=made.assessment, participant=me)
    sign_in(client, owner)
    _long_ago()
    client.get(reverse("selfassess:joint", args=["moi", kept.public_id]))
    assert _visited() == {0}


def test_a_screen_that_asks_by_itself_is_no_visit(client):
    made, (me, secret), _ = making.turned()
    owner = person(Role.MEMBER)
    kept = place_keep(owner=owner, assessment=made.assessment, participant=me)
    sign_in(client, owner)
    _long_ago()
    for address in (
        here("state", made, secret),
        reverse("selfassess:manage_state", args=[made.code, made.manager]),
        reverse("selfassess:state", args=["moi", kept.public_id]),
    ):
        assert client.get(address).status_code == 200
    assert _visited() == {100}


def test_a_wrong_link_is_no_visit(client):
    made, _, _ = making.turned()
    _long_ago()
    assert client.get(here("mine", made, "z" * 22)).status_code == 404
    assert _visited() == {100}


def test_a_visit_counts_for_all_the_times_before_and_for_none_after(client):
    first, second, third = _chain(3)
    making.opened()  # another one's
    _long_ago()
    client.get(reverse("selfassess:manage", args=[second.code, second.manager]))
    days = dict(Assessment.objects.values_list("pk", "visited_on"))
    today = timezone.localdate()
    came = {pk for pk, day in days.items() if day == today}
    assert came == {first.assessment.pk, second.assessment.pk}
    assert third.assessment.pk in days


def test_a_visit_is_one_statement_the_first_time_of_the_day_and_none_after(client):
    made = _chain(3)[-1]
    _long_ago()
    address = reverse("selfassess:manage", args=[made.code, made.manager])
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert [counts[0] - counts[1], counts[1] - counts[2]] == [1, 0]


def test_the_page_says_the_day_that_this_visit_gives(client):
    made, (_, secret), _ = making.turned()
    _long_ago()
    said = f"d’ici au {date_fr(timezone.localdate() + KEPT)}"
    assert said in client.get(here("joint", made, secret)).content.decode()


def test_an_earlier_time_stays_while_one_that_follows_it_lives():
    chain = _chain(3)
    _long_ago(KEPT.days + 1)
    last = chain[-1].assessment
    Assessment.objects.filter(pk=last.pk).update(visited_on=timezone.localdate())
    assert assessments_purge(10) == 0
    _long_ago(KEPT.days)
    assert assessments_purge(10) == 0
    assert Assessment.objects.count() == 3


@pytest.mark.parametrize("limit", [1, 2, 10])
def test_once_nobody_comes_all_the_times_go_by_batches(limit):
    _chain(3)
    alive = making.opened().assessment
    Assessment.objects.exclude(pk=alive.pk).update(
        visited_on=timezone.localdate() - KEPT - timedelta(days=1)
    )
    gone = [assessments_purge(limit) for _ in range(3)]
    assert (sum(gone), max(gone)) == (3, min(limit, 3))
    assert list(Assessment.objects.all()) == [alive]
