"""What readers' words and links ask of the team: the lines of « À traiter »."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min

from cops.formats import count_fr
from cops.http.addresses import address
from cops.todo import LIMIT, Item
from resources.enums import WordState
from resources.models import Remark, WordRequest


def remarks_waiting(user: Any) -> list[Item]:
    """The sheets whose readers left words that nobody has read, one line for each sheet."""
    rows = (
        Remark.objects.filter(read_on__isnull=True)
        .values("resource__slug", "resource__title")
        .annotate(count=Count("pk"), since=Min("received_on"))
        .order_by("since", "resource__slug")[:LIMIT]
    )
    page = address("resources:team_remarks")
    return [
        Item(
            label=row["resource__title"],
            url=f"{page}?fiche={row['resource__slug']}",
            since=row["since"],
            detail=count_fr(row["count"], "avis à lire,avis à lire"),
        )
        for row in rows
    ]


def words_waiting(user: Any) -> list[Item]:
    """The words that somebody missed and nobody has answered."""
    rows = WordRequest.objects.filter(state=WordState.RECEIVED).order_by("received_on", "pk")
    return [
        Item(
            label=f"« {asked.word} »",
            url=address("resources:team_word", asked.pk),
            since=asked.received_on,
            detail="La personne attend une réponse" if asked.email else "",
        )
        for asked in rows[:LIMIT]
    ]
