"""The text of a resource: its sections, and the steps of its practice paths."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from resources.admin.base import LibraryAdmin, LibraryFields
from resources.admin.refusing import SectionFormSet, StepFormSet
from resources.enums import SectionKind
from resources.models import PracticePath, PracticeStep, Section
from resources.services.publishing import resource_update
from resources.services.sections import path_save, section_delete, section_save, step_save


class SectionInline(LibraryFields, admin.StackedInline):
    """Sections in their order, standard text first, then the easy-to-read one."""

    model = Section
    formset = SectionFormSet
    extra = 0
    rich_text = ("source_html",)
    fields = (("variant", "position", "level", "kind"), "title", "source_html", "more")
    readonly_fields = ("more",)
    ordering = ("-variant", "position", "pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("path").prefetch_related("marks__term")

    @admin.display(description="Dans la page")
    def more(self, section: Section) -> SafeString:
        """The anchor, the terms that are marked, the steps of a path."""
        if not section.pk:
            return mark_safe("L’ancre est donnée à l’enregistrement.")
        terms = sorted(mark.term.term for mark in section.marks.all())
        parts = [format_html("Ancre : <code>#{}</code>", section.anchor)]
        if terms:
            parts.append(format_html("Termes marqués : {}", ", ".join(terms)))
        if section.kind == SectionKind.PATH:
            path = getattr(section, "path", None)
            address = (
                reverse("admin:resources_practicepath_change", args=[path.pk])
                if path
                else reverse("admin:resources_practicepath_add") + f"?section={section.pk}"
            )
            parts.append(format_html('<a href="{}">Modifier les étapes du parcours</a>', address))
        return mark_safe("<br>".join(parts))  # noqa: S308  (each part is escaped above)


class StepInline(LibraryFields, admin.StackedInline):
    """The steps: two lanes, then what is done together."""

    model = PracticeStep
    formset = StepFormSet
    extra = 0
    rich_text = ("partner_html", "professional_html", "actions_html")
    fields = (
        ("number", "title"),
        "partner_label",
        "partner_html",
        "professional_label",
        "professional_html",
        "actions_html",
    )


@admin.register(PracticePath)
class PracticePathAdmin(LibraryAdmin):
    """Reached from its section; the list shows which sheet each path belongs to."""

    list_display = ("title", "sheet")
    search_fields = ("title", "section__title", "section__resource__title")
    autocomplete_fields = ("section",)
    inlines = (StepInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("section__resource")

    @admin.display(description="ressource")
    def sheet(self, path: PracticePath) -> str:
        return path.section.resource.title

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("section",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        path_save(path=obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        formset.save(commit=False)
        for step in formset.deleted_objects:
            step.delete()
        # A number that another step still holds is freed first.
        changed = [obj for obj, _ in formset.changed_objects] + formset.new_objects
        moved = [step.pk for step in changed if step.pk]
        for rank, step in enumerate(PracticeStep.objects.filter(pk__in=moved).order_by("pk")):
            PracticeStep.objects.filter(pk=step.pk).update(number=20_000 + rank)
        for step in changed:
            step_save(step=step)
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        resource_update(resource=form.instance.section.resource, by=request.user)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        answer = super().response_change(request, obj)
        if "_save" in request.POST:
            # Back to the sheet, whence one came.
            sheet = reverse("admin:resources_resource_change", args=[obj.section.resource_id])
            return HttpResponseRedirect(sheet)
        return answer


@admin.register(Section)
class SectionAdmin(LibraryAdmin):
    """For autocompletion alone: sections are written in their resource."""

    search_fields = ("title", "resource__title")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def sections_save(formset: Any) -> None:
    """Save what a section formset changed, through the services."""
    formset.save(commit=False)
    for section in formset.deleted_objects:
        section_delete(section=section)
    for section in [obj for obj, _ in formset.changed_objects] + formset.new_objects:
        section_save(section=section)
    formset.save_m2m()
