from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models, transaction
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cops import audit
from cops.pagecache import raise_version
from resources.admin.base import page_address, run_service
from resources.admin.lexicon import OnViewFilter
from selfassess.admin.fields import sheet_choices
from selfassess.admin.form import AddForm, GridForm, form_of
from selfassess.models import Grid, GridVersion
from selfassess.reading.grids import grid_page, version_in_use
from selfassess.services.grids import (
    Written,
    grid_archive,
    grid_edit,
    grid_make,
    grid_restore,
)


@admin.register(Grid)
class GridAdmin(admin.ModelAdmin):
    """The grids. One that served is frozen: a save makes its next version, and says so."""

    change_form_template = "admin/selfassess/grid/change_form.html"
    list_display = ("title", "version", "served", "on_view", "changed_at")
    list_filter = (OnViewFilter, "adapted")
    search_fields = ("title", "slug", "instrument", "versions__content")
    search_help_text = "Titre, adresse, ou un mot d’un critère, d’une aide ou d’une question."
    ordering = ("slug", "pk")
    list_per_page = 50
    save_on_top = True
    actions = ("archive", "restore")
    prepopulated_fields = {"slug": ("title",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Grid]:
        rows = super().get_queryset(request)
        return rows.annotate(
            last_number=Max("versions__number"),
            last_used=models.Subquery(
                GridVersion.objects.filter(grid=models.OuterRef("pk"))
                .order_by("-number")
                .values("is_used")[:1]
            ),
        )

    # --- the list

    @admin.display(description="version", ordering="last_number")
    def version(self, grid: Any) -> int | str:
        return grid.last_number or "—"

    @admin.display(description="a servi", boolean=True)
    def served(self, grid: Any) -> bool:
        return bool(grid.last_used)

    @admin.display(description="à l’affiche", boolean=True)
    def on_view(self, grid: Grid) -> bool:
        return grid.archived_at is None

    # --- the form, made of what the grid asks

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = AddForm if obj is None else self._form_of(request, obj)
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        named = ["title", "slug", "instrument", "sheet", "adapted"]
        if obj is None:
            said = "Enregistrez, puis changez les questions."
            return [(None, {"fields": ["copy_of", *named], "description": said})]
        groups = self._form_of(request, obj).layout.groups
        return [
            (None, {"fields": [*named, "page", "history", "trail", "state"]}),
            *(
                (group.title, {"fields": group.names, "description": group.help,
                               "classes": ["collapse"] if group.folded else []})
                for group in groups
            ),
        ]  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Its address is printed on its papers, and names it in what was shared: it stays."""
        return ("slug", "page", "history", "trail") if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name != "sheet":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return forms.ChoiceField(
            label="Fiche", required=False, choices=_sheets,
            help_text="La fiche « Agir ! » dont cette grille fait partie.",
        )  # fmt: skip

    def _form_of(self, request: HttpRequest, grid: Grid) -> type[GridForm]:
        """Made once per request: Django asks for it at each turn of the page."""
        kept: dict[int, type[GridForm]] = request.__dict__.setdefault("_grid_forms", {})
        if grid.pk not in kept:
            kept[grid.pk] = form_of(grid)
        return kept[grid.pk]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        grid = context.get("original")
        context["wordings"] = version_in_use(grid).read().wordings if grid else {}
        return super().render_change_form(request, context, *args, **kwargs)

    # --- beside the form

    @admin.display(description="page")
    def page(self, grid: Grid) -> SafeString | str:
        address = page_address(grid) if grid.pk else None
        if address is None:
            return "—"
        return format_html('<a href="{}" target="_blank" rel="noopener">Voir la page</a>', address)

    @admin.display(description="versions")
    def history(self, grid: Grid) -> SafeString | str:
        rows = grid.versions.order_by("-number").only("number", "created_at", "is_used")[:20]
        address = reverse("admin:selfassess_grid_preview", args=[grid.pk])
        return format_html_join(
            ", ",
            '<a href="{}?version={}" target="_blank" rel="noopener">version {} du {}</a>{}',
            (
                (address, row.number, row.number, f"{row.created_at:%d/%m/%Y}",
                 " (a servi)" if row.is_used else "")
                for row in rows
            ),
        )  # fmt: skip

    @admin.display(description="journal")
    def trail(self, grid: Grid) -> SafeString | str:
        entries = list(audit.trail(grid)[:10])
        if not entries:
            return "—"
        return SafeString(render_to_string("cops/audit/_trail.html", {"entries": entries}))

    # --- writing, through the services

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            grid_make(grid=obj, copy_of=form.cleaned_data["copy_of"], by=request.user)
            return
        done = grid_edit(grid=obj, content=form.content, by=request.user)
        self.message_user(request, _told(done), messages.SUCCESS)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """On to its questions."""
        self.message_user(request, "Grille créée : voici ses questions.", messages.SUCCESS)
        return redirect("admin:selfassess_grid_change", obj.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # --- looking before saving

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview)
        own = [path("<int:pk>/apercu/", view, name="selfassess_grid_preview")]
        return [*own, *super().get_urls()]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """What is typed, as visitors would read it, nothing saved; or a version that was saved."""
        grid = self.get_object(request, str(pk))
        if grid is None or not self.has_change_permission(request, grid):
            raise Http404
        if request.method != "POST":
            return self._shown(request, grid, _version_asked(request, grid))
        with transaction.atomic():
            form = self.get_form(request, grid, change=True)(request.POST, instance=grid)
            valid = form.is_valid()
        if not valid:
            # The form says what is wrong; being wrong, it saves nothing.
            return self.changeform_view(request, str(pk))
        number = version_in_use(grid).number
        return self._shown(
            request, grid, GridVersion(grid=grid, number=number, content=form.content)
        )

    def _shown(self, request: HttpRequest, grid: Grid, version: GridVersion) -> HttpResponse:
        wording = request.POST.get("mots") or request.GET.get("mots") or ""
        said = f"Version {version.number}." if version.pk else "Rien n’est enregistré."
        context = {
            "crumbs": [("Aperçu", None)],
            **grid_page(grid, version, wording),
            "preview": f"{said} Vous seul voyez cet aperçu.",
        }
        return render(request, "selfassess/grid.html", context)

    # --- actions

    @admin.action(description="Retirer")
    def archive(self, request: HttpRequest, queryset: QuerySet[Grid]) -> None:
        self._each(request, queryset, grid_archive, "Retirées")

    @admin.action(description="Remettre")
    def restore(self, request: HttpRequest, queryset: QuerySet[Grid]) -> None:
        self._each(request, queryset, grid_restore, "Remises")

    def _each(self, request: HttpRequest, rows: QuerySet[Grid], service: Any, done: str) -> None:
        with transaction.atomic():
            run_service(self, request, rows, lambda g: service(grid=g, by=request.user), done)
            raise_version()


def _sheets() -> list[tuple[str, str]]:
    return [("", "—"), *sheet_choices()]


def _version_asked(request: HttpRequest, grid: Grid) -> GridVersion:
    asked = request.GET.get("version", "")
    if not asked:
        return version_in_use(grid)
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
    found = grid.versions.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _told(done: Written) -> str:
    number = done.version.number
    if done.is_new:
        return (
            f"Version {number} créée : la précédente a servi, elle ne change plus. Les"
            " auto-évaluations commencées la gardent ; les nouvelles suivent celle-ci."
        )
    if done.changed:
        return f"Version {number} corrigée : personne ne s’en était encore servi."
    return "Rien n’a changé."
