"""Counts and misses, to read: nobody edits what was counted."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from cops.counters.models import DailyCount, SearchMiss

# Under three times a text says more of a person than of the library.
SHOWN_FROM = 3


class _ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(DailyCount)
class DailyCountAdmin(_ReadOnlyAdmin):
    list_display = ("day", "kind", "key", "count")
    list_filter = ("kind",)
    search_fields = ("key",)
    date_hierarchy = "day"
    ordering = ("-day", "-count", "pk")


@admin.register(SearchMiss)
class SearchMissAdmin(_ReadOnlyAdmin):
    """One line per text asked at least three times in all, on its last day."""

    list_display = ("text", "times", "day")
    list_display_links = None
    search_fields = ("text",)
    ordering = ("-day", "text", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SearchMiss]:
        same = SearchMiss.objects.filter(text=OuterRef("text")).order_by()
        times = same.values("text").annotate(n=Sum("count")).values("n")
        return (
            super()
            .get_queryset(request)
            .annotate(all_times=Coalesce(times, 0))
            .filter(~Exists(same.filter(day__gt=OuterRef("day"))), all_times__gte=SHOWN_FROM)
        )

    @admin.display(description="nombre de fois", ordering="all_times")
    def times(self, miss: SearchMiss) -> int:
        return miss.all_times  # type: ignore[attr-defined]
