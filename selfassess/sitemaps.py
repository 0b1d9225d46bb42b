"""What search engines may list of the self-assessment: its home page, its grids, nobody's own."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from selfassess.models import Grid


class Entrance(Sitemap):
    def items(self) -> list[str]:
        return ["home"]

    def location(self, item: str) -> str:
        return reverse(f"selfassess:{item}")


class Grids(Sitemap):
    def items(self) -> QuerySet[Grid]:
        return Grid.objects.public().order_by("pk")


SITEMAPS: dict[str, type[Sitemap]] = {"auto-evaluation": Entrance, "grilles": Grids}
