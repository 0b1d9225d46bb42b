"""Atom feeds: what the library publishes, kind by kind, for readers and for other sites."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from cops.formats import typography
from cops.topics import Topic
from resources.enums import Kind
from resources.models import Resource
from resources.reading.sheet_rows import with_version

EVERYTHING = "tout"
_MOST = 50


# Of the ids alone (RFC 4151): no change of address, of host or of slug makes a new entry.
_TAG = "tag:partenariat-en-sante.org,2026"


class PlainAtom(Atom1Feed):
    """Summaries are words, not HTML: « < » is « < »."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item | {"description": None})
        handler.addQuickElement("summary", item["description"], {"type": "text"})


class ResourceFeed(Feed):
    """The latest public resources of one kind, or of all; never more than anybody may read."""

    feed_type = PlainAtom
    language = "fr"
    author_name = settings.SITE["owner"]

    def get_object(self, request: HttpRequest, genre: str) -> str:
        if genre != EVERYTHING and genre not in Kind.values:
            raise Http404
        return genre

    def title(self, genre: str) -> str:
        what = "toutes les ressources" if genre == EVERYTHING else Kind(genre).label
        return f"{settings.SITE['name']}, {settings.SITE['region']} : {what}"

    def subtitle(self, genre: str) -> str:
        return "Les dernières publications de la bibliothèque du COPS."

    def link(self, genre: str) -> str:
        query = "" if genre == EVERYTHING else f"?genre={genre}"
        return settings.SITE_ORIGIN + reverse("resources:list") + query

    def feed_url(self, genre: str) -> str:
        return settings.SITE_ORIGIN + reverse("resources:feed", args=[genre])

    def feed_guid(self, genre: str) -> str:
        return f"{_TAG}:ressources:{genre}"

    def items(self, genre: str) -> QuerySet[Resource]:
        rows = Resource.objects.public()
        if genre != EVERYTHING:
            rows = rows.filter(kind=genre)
        return with_version(rows).order_by("-published_at", "sort_key", "pk")[:_MOST]

    def item_title(self, item: Resource) -> str:
        return typography(item.title)

    def item_description(self, item: Resource) -> str:
        return typography(item.summary)

    def item_link(self, item: Resource) -> str:
        return settings.SITE_ORIGIN + item.get_absolute_url()

    def item_guid(self, item: Resource) -> str:
        return f"{_TAG}:ressource:{item.pk}"

    def item_pubdate(self, item: Resource) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Any) -> datetime | None:
        return item.version_date or item.published_at

    def item_categories(self, item: Resource) -> list[str]:
        return [item.get_kind_display(), *(Topic(code).label for code in item.topics)]
