from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cops.pagecache import raise_version
from resources.admin.base import LibraryAdmin, page_address, run_service
from resources.models import Reference, Term
from resources.services.lexicon import term_archive, term_restore, term_save


class OnViewFilter(admin.SimpleListFilter):
    """Archived or not, for the objects that carry ``archived_at``."""

    title = "à l’affiche"
    parameter_name = "affiche"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("oui", "Oui"), ("non", "Retirés")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in {"oui", "non"}:
            return queryset.filter(archived_at__isnull=self.value() == "oui")
        return queryset


@admin.register(Term)
class TermAdmin(LibraryAdmin):
    list_display = ("term", "acronym", "category", "basis", "uses", "on_view")
    list_filter = (OnViewFilter, "category", "basis", "preferred")
    search_fields = ("term", "acronym", "synonyms", "slug")
    search_help_text = "Terme, sigle, synonyme ou adresse."
    ordering = ("sort_key", "pk")
    autocomplete_fields = ("see_also", "sources")
    prepopulated_fields = {"slug": ("term",)}
    readonly_fields = ("preview",)
    actions = ("archive", "restore")
    fieldsets = (
        (None, {"fields": (("term", "acronym"), "slug", "category", "definition", "preview")}),
        ("Facile à lire et à comprendre", {"fields": ("falc", "falc_reviewed_on")}),
        (
            "Autres mots",
            {"fields": ("synonyms", "unmarked", ("preferred", "instead_of"), "see_also")},
        ),
        ("Sources", {"fields": ("basis", "sources")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Term]:
        return super().get_queryset(request).annotate(mark_count=Count("marks"))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)

    @admin.display(description="passages", ordering="mark_count")
    def uses(self, term: Any) -> int:
        return term.mark_count

    @admin.display(description="à l’affiche", boolean=True)
    def on_view(self, term: Term) -> bool:
        return term.archived_at is None

    @admin.display(description="page")
    def preview(self, term: Term) -> SafeString | str:
        address = page_address(term) if term.pk else None
        if address is None:
            return "—"
        return format_html(
            '<a href="{}" target="_blank" rel="noopener">Voir la page du terme</a>', address
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        term_save(term=obj)

    @admin.action(description="Retirer du lexique")
    def archive(self, request: HttpRequest, queryset: QuerySet[Term]) -> None:
        run_service(self, request, queryset, lambda t: term_archive(term=t), "Retirés")

    @admin.action(description="Remettre au lexique")
    def restore(self, request: HttpRequest, queryset: QuerySet[Term]) -> None:
        run_service(self, request, queryset, lambda t: term_restore(term=t), "Remis")


@admin.register(Reference)
class ReferenceAdmin(LibraryAdmin):
    list_display = ("title", "type", "year", "publisher", "key")
    list_filter = ("type",)
    search_fields = ("title", "key", "publisher", "journal", "authors")
    search_help_text = "Titre, auteurs, éditeur, revue ou clé."
    ordering = ("key", "pk")
    fields = (
        ("key", "type"),
        "title",
        "authors",
        ("year", "url"),
        ("journal", "publisher"),
        "details",
        "note",
    )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        raise_version()  # the sheets that cite it show its words
