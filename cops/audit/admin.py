"""The journal, to read: for administrators, and nobody writes in it by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from cops.audit.actions import actions
from cops.audit.models import Entry


class ActionFilter(admin.SimpleListFilter):
    title = "action"
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted(actions().items(), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        return queryset.filter(action=self.value()) if self.value() else queryset


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    list_display = ("at", "by", "label", "object_type", "object_id")
    list_display_links = ("at",)
    list_filter = (ActionFilter, "object_type")
    list_select_related = ("actor",)
    search_fields = ("=object_id",)
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    show_full_result_count = False

    @admin.display(description="qui", ordering="actor")
    def by(self, entry: Entry) -> str:
        return entry.by

    @admin.display(description="action", ordering="action")
    def label(self, entry: Entry) -> str:
        return entry.label

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
