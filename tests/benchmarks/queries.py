"""How many statements a page sends: the same for one row and for two hundred."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from resources.models import Section
from tests.benchmarks.data import a_busy_term, a_quiet_term, a_sheet, hide_all_but
from tests.benchmarks.measure import Line, bound, measure

RARE = "1234"  # a number that one title of the index holds


def _count(client: Client, address: str) -> int:
    """The statements of a page, the second time: some things are read once in a process."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return len(captured)


def _pages(rows: int) -> dict[str, str]:
    """The four pages where each shows few rows, or at least ``rows`` of them are behind it."""
    few = rows == 1
    return {
        "list": reverse("resources:list") + "?mesure=1",
        "sheet": a_sheet().get_absolute_url() + "?mesure=1",
        "search": reverse("search:results") + f"?q={RARE if few else 'partenariat'}&mesure=1",
        "term": (a_quiet_term() if few else a_busy_term()).get_absolute_url() + "?mesure=1",
    }


def _arrange(rows: int) -> None:
    """One visible resource of one section; or all of them, and a sheet of ``rows`` sections."""
    sections = Section.objects.filter(resource=a_sheet())
    first = sections.order_by("pk")[0]
    if rows == 1:
        hide_all_but(1)
        sections.exclude(pk=first.pk).delete()
        return
    Section.objects.bulk_create(
        Section(
            resource=first.resource,
            position=100 + number,
            anchor=f"mesure-{number}",
            title=f"Mesure {number}",
            rendered_html=first.rendered_html,
        )
        for number in range(rows)
    )


@measure("queries")
def queries() -> Iterator[Line]:
    anonymous = Client(headers={"host": "localhost"})
    signed_in = Client(headers={"host": "localhost"})
    counts: dict[str, dict[int, int]] = {}
    for rows in (1, 200):
        # What is arranged and who signs in are gone with the transaction.
        with transaction.atomic():
            _arrange(rows)
            member = get_user_model().objects.create_user(email="mesure@exemple.fr")
            signed_in.force_login(member)
            for page, address in _pages(rows).items():
                counts.setdefault(page, {})[rows] = _count(anonymous, address)
                counts[page][-rows] = _count(signed_in, address)
            transaction.set_rollback(True)
    for page, count in counts.items():
        yield bound(f"queries {page}", figure=count[200], target=6)
        apart = abs(count[200] - count[1])
        yield bound(f"queries {page}, 200 rows over 1", figure=apart, target=0)
        yield bound(f"queries {page}, signed in", figure=max(count[-1], count[-200]), target=8)
