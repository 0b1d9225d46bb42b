from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from resources.admin.base import LibraryAdmin, LibraryFields, run_service
from resources.admin.lexicon import OnViewFilter
from resources.models import Argument, ArgumentSet, Quiz, QuizStatement
from resources.services.meetings import (
    argument_save,
    arguments_archive,
    arguments_restore,
    arguments_save,
    arguments_update,
    quiz_archive,
    quiz_restore,
    quiz_save,
    quiz_update,
    statement_save,
)


class StatementInline(LibraryFields, admin.StackedInline):
    model = QuizStatement
    extra = 0
    autocomplete_fields = ("terms", "resource")
    fields = (("position", "code", "answer"), "statement", "explanation", "terms", "resource")


class ArgumentInline(LibraryFields, admin.StackedInline):
    model = Argument
    extra = 0
    autocomplete_fields = ("resource",)


@admin.register(Quiz)
class QuizAdmin(LibraryAdmin):
    list_display = ("title", "statement_total", "on_view", "changed_at")
    list_filter = (OnViewFilter,)
    search_fields = ("title", "intro", "slug")
    ordering = ("title", "pk")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (StatementInline,)
    actions = ("archive", "restore")
    fields = ("title", "slug", "intro", "usage", ("origin", "event"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quiz]:
        return super().get_queryset(request).annotate(statement_count=Count("statements"))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)

    @admin.display(description="affirmations", ordering="statement_count")
    def statement_total(self, quiz: Any) -> int:
        return quiz.statement_count

    @admin.display(description="à l’affiche", boolean=True)
    def on_view(self, quiz: Quiz) -> bool:
        return quiz.archived_at is None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        quiz_save(quiz=obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for statement in formset.save(commit=False):
            statement_save(statement=statement)
        for statement in formset.deleted_objects:
            statement.delete()
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        quiz_update(quiz=form.instance)

    @admin.action(description="Retirer")
    def archive(self, request: HttpRequest, queryset: QuerySet[Quiz]) -> None:
        run_service(self, request, queryset, lambda q: quiz_archive(quiz=q), "Retirés")

    @admin.action(description="Remettre")
    def restore(self, request: HttpRequest, queryset: QuerySet[Quiz]) -> None:
        run_service(self, request, queryset, lambda q: quiz_restore(quiz=q), "Remis")


@admin.register(ArgumentSet)
class ArgumentSetAdmin(LibraryAdmin):
    list_display = ("title", "on_view", "changed_at")
    list_filter = (OnViewFilter,)
    search_fields = ("title", "intro", "slug")
    ordering = ("title", "pk")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (ArgumentInline,)
    actions = ("archive", "restore")
    fields = (
        "title",
        "slug",
        "intro",
        ("origin", "event"),
        "common_situation",
        "common_vigilance",
        "method",
        "editorial_note",
    )

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)

    @admin.display(description="à l’affiche", boolean=True)
    def on_view(self, group: ArgumentSet) -> bool:
        return group.archived_at is None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        arguments_save(group=obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for argument in formset.save(commit=False):
            argument_save(argument=argument)
        for argument in formset.deleted_objects:
            argument.delete()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        arguments_update(group=form.instance)

    @admin.action(description="Retirer")
    def archive(self, request: HttpRequest, queryset: QuerySet[ArgumentSet]) -> None:
        run_service(self, request, queryset, lambda g: arguments_archive(group=g), "Retirés")

    @admin.action(description="Remettre")
    def restore(self, request: HttpRequest, queryset: QuerySet[ArgumentSet]) -> None:
        run_service(self, request, queryset, lambda g: arguments_restore(group=g), "Remis")
