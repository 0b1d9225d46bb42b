"""How many statements a page sends: the same for one row and for two hundred."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.benchmarks.data import a_busy_term, a_quiet_term, a_sheet, hide_all_but
from tests.benchmarks.measure import Line, bound, measure


def _count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return len(captured)


def _pages(rows: int) -> dict[str, str]:
    return {
        "list": reverse("resources:list") + "?mesure=1",
        "sheet": a_sheet().get_absolute_url() + "?mesure=1",
        "search": reverse("search:results") + "?q=partenariat&mesure=1",
        "term": (a_quiet_term() if rows == 1 else a_busy_term()).get_absolute_url() + "?mesure=1",
    }


@measure("queries")
def queries() -> Iterator[Line]:
    anonymous = Client(headers={"host": "localhost"})
    signed_in = Client(headers={"host": "localhost"})
    member = get_user_model().objects.filter(is_active=True).first()
    signed_in.force_login(member)
    counts: dict[str, dict[int, int]] = {}
    for rows in (1, 200):
        with transaction.atomic():
            if rows == 1:
                hide_all_but(1)
            for page, address in _pages(rows).items():
                counts.setdefault(page, {})[rows] = _count(anonymous, address)
                if rows == 200:
                    counts[page][-1] = _count(signed_in, address)
            transaction.set_rollback(True)
    for page, count in counts.items():
        yield bound(f"queries {page}", figure=count[200], target=6)
        yield bound(f"queries {page}, 200 rows minus 1", figure=count[200] - count[1], target=0)
        yield bound(f"queries {page}, signed in", figure=count[-1], target=8)
