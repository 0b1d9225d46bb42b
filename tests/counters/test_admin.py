from datetime import timedelta

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.utils import timezone

from cops.accounts.enums import Role
from cops.counters.admin import SearchMissAdmin
from cops.counters.models import DailyCount, SearchMiss
from tests.accounts.people import person, sign_in

pytestmark = pytest.mark.django_db


def test_a_miss_is_shown_from_three_times_on_once():
    today = timezone.localdate()
    for text, counts in {"covoiturage": (1, 2), "rare": (2,), "souvent": (5,)}.items():
        for age, count in enumerate(counts):
            SearchMiss.objects.create(text=text, day=today - timedelta(days=age), count=count)
    shown = SearchMissAdmin(SearchMiss, admin.site).get_queryset(RequestFactory().get("/"))
    assert sorted((miss.text, miss.all_times) for miss in shown) == [
        ("covoiturage", 3),
        ("souvent", 5),
    ]


def test_lists_open_and_nobody_edits(client):
    sign_in(client, person(Role.ADMINISTRATOR))
    SearchMiss.objects.create(text="souvent", day=timezone.localdate(), count=5)
    DailyCount.objects.create(kind="essai.page", day=timezone.localdate(), count=5)
    page = client.get("/admin/counters/searchmiss/")
    assert page.status_code == 200
    assert "souvent" in page.text
    assert client.get("/admin/counters/dailycount/").status_code == 200
    assert client.get("/admin/counters/searchmiss/add/").status_code == 403
