"""What the library's admin pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils.decorators import method_decorator

from cops.http.csp import editor_csp
from resources.admin.saving import LibraryForm
from resources.desk.editors import AdminEditorWidget
from resources.desk.fields import CodesField, LinesField, RichTextField


class LibraryFields:
    """Lists of our models as lines or boxes, and rich text where ``rich_text`` names a field."""

    rich_text: tuple[str, ...] = ()

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Any:
        options: dict[str, Any] = {
            "required": not db_field.blank,
            "label": str(db_field.verbose_name).capitalize(),
            "help_text": db_field.help_text,
        }
        if db_field.name in self.rich_text:
            return RichTextField(widget=AdminEditorWidget, **options)
        if isinstance(db_field, ArrayField):
            base = db_field.base_field
            if base.choices:
                return CodesField(choices=base.choices, **options)
            return LinesField(line_length=base.max_length or 500, **options)
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"  # « has-sante.fr » typed without it
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]


class LibraryAdmin(LibraryFields, admin.ModelAdmin):
    """Nothing is deleted here: what is no longer wanted is archived, and can come back."""

    form = LibraryForm
    list_per_page = 50
    save_on_top = True
    actions_selection_counter = True

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The page itself, drafts too: the team may see them."""
        return page_address(obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the hidden state of the object, by which a save knows that it comes too late."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        (title, first), *others = fieldsets
        fields = [name for name in first["fields"] if name != "state"]
        return [(title, {**first, "fields": [*fields, "state"]}), *others]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @method_decorator(editor_csp)
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return super().changeform_view(request, object_id, form_url, extra_context)


def page_address(obj: Any) -> str | None:
    """The address of the page of an object; None while what was typed there is no address."""
    if obj is None or not hasattr(obj, "get_absolute_url"):
        return None
    try:
        return obj.get_absolute_url()
    except NoReverseMatch:
        return None


def run_service(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    queryset: QuerySet[Any],
    service: Callable[[Any], object],
    done: str,
) -> None:
    """Apply a service to each chosen object; say what was done, and why not for the others."""
    count = 0
    for obj in queryset.order_by("pk"):
        try:
            service(obj)
        except ValidationError as error:
            for message in error.messages:
                model_admin.message_user(request, message, messages.ERROR)
        else:
            count += 1
    if count:
        model_admin.message_user(request, f"{done} : {count}.", messages.SUCCESS)
