"""What search engines may list of the library: only what anybody may read now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from resources.filters import has_falc
from resources.models import Quiz, Resource, Term
from resources.reading.sheet_rows import with_version


class LibraryPages(Sitemap):
    """The library's own entrances."""

    def items(self) -> list[str]:
        return ["list", "lexicon", "quizzes", "arguments", "propose"]

    def location(self, item: str) -> str:
        return reverse(f"resources:{item}")


class ResourceSheets(Sitemap):
    def items(self) -> QuerySet[Resource]:
        return with_version(Resource.objects.public()).order_by("pk")

    def lastmod(self, item: Any) -> datetime | None:
        return item.version_date or item.published_at


class FalcSheets(ResourceSheets):
    """The easy-to-read versions, which have a page of their own."""

    def items(self) -> QuerySet[Resource]:
        return super().items().filter(has_falc())

    def location(self, item: Resource) -> str:
        return reverse("resources:falc", args=[item.slug])


class Terms(Sitemap):
    def items(self) -> QuerySet[Term]:
        return Term.objects.public().order_by("pk")

    def lastmod(self, item: Term) -> datetime:
        return item.changed_at


class Quizzes(Sitemap):
    def items(self) -> QuerySet[Quiz]:
        return Quiz.objects.public().order_by("pk")

    def lastmod(self, item: Quiz) -> datetime:
        return item.changed_at


SITEMAPS: dict[str, type[Sitemap]] = {
    "bibliotheque": LibraryPages,
    "ressources": ResourceSheets,
    "facile-a-lire": FalcSheets,
    "lexique": Terms,
    "quiz": Quizzes,
}
