"""What search engines may list: the portal's own pages, then what each app gives."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from resources.sitemaps import SITEMAPS as LIBRARY
from selfassess.sitemaps import SITEMAPS as ASSESSMENTS


class OwnPages(Sitemap):
    def items(self) -> list[str]:
        own = ["home", "cops", "contact", "sitemap", "accessibility", "legal", "privacy"]
        return [*(f"pages:{name}" for name in own), "terms", "api:docs"]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS: dict[str, type[Sitemap]] = {"pages": OwnPages, **LIBRARY, **ASSESSMENTS}
