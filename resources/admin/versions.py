from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from resources.models import ResourceRedirect, ResourceVersion, TermRedirect


class ReadOnlyAdmin(admin.ModelAdmin):
    """What services write and nobody edits."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ResourceVersion)
class ResourceVersionAdmin(ReadOnlyAdmin):
    list_display = ("resource", "number", "published_at", "note", "undone_at")
    list_select_related = ("resource",)
    search_fields = ("resource__title", "resource__slug")
    ordering = ("-published_at", "-pk")
    date_hierarchy = "published_at"
    fields = (
        ("resource", "number"), ("published_at", "published_by"), "note",
        ("undoes", "undone_at"), "words",
    )  # fmt: skip
    readonly_fields = ("words",)

    @admin.display(description="contenu")
    def words(self, version: ResourceVersion) -> SafeString:
        text = json.dumps(version.snapshot, ensure_ascii=False, indent=2)
        return format_html("<details><summary>Afficher</summary><pre>{}</pre></details>", text)


@admin.register(ResourceRedirect)
class ResourceRedirectAdmin(ReadOnlyAdmin):
    list_display = ("slug", "resource")
    list_select_related = ("resource",)
    search_fields = ("slug", "resource__title")
    ordering = ("slug", "pk")


@admin.register(TermRedirect)
class TermRedirectAdmin(ReadOnlyAdmin):
    list_display = ("slug", "term")
    list_select_related = ("term",)
    search_fields = ("slug", "term__term")
    ordering = ("slug", "pk")
