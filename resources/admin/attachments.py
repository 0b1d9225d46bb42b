"""Files and pictures of a resource in the admin, through the services that look at them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cops.uploads import LIMIT_WORDS, Checked, check
from resources.models import Attachment
from resources.services.attachments import attachment_remove, attachment_save, picture_uses


class AttachmentForm(forms.ModelForm):
    """A file is looked at before anything is written; its reason stands beside the field."""

    # Its name is cleaned, not refused for its length.
    file = forms.FileField(
        label="Fichier",
        max_length=None,
        help_text=f"Image, PDF, DOCX, XLSX, PPTX, ODT, ODS ou ODP ; {LIMIT_WORDS}.",
        error_messages={"empty": "Ce fichier est vide."},
    )
    checked: Checked | None = None

    class Meta:
        model = Attachment
        fields = ("position", "title", "file", "alternative", "decorative")

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if "file" in self.changed_data:
            self.checked = check(upload)
        # The row keeps its present file until the service has stored the new one.
        return self.instance.file if self.instance.pk else upload

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        media_type = self.checked.media_type if self.checked else self.instance.media_type
        if not media_type.startswith("image/") or "file" in self.errors:
            return cleaned
        if cleaned.get("decorative") and cleaned.get("alternative"):
            self.add_error("decorative", "Décorative, ou décrite : choisissez.")
        elif not cleaned.get("decorative") and not cleaned.get("alternative"):
            self.add_error(
                "alternative",
                "Dites en une phrase ce que l’image montre, ou qu’elle est décorative.",
            )
        return cleaned


class AttachmentFormSet(forms.BaseInlineFormSet):
    """A picture that the text shows is not taken away from under it."""

    def clean(self) -> None:
        super().clean()
        for form in self.deleted_forms:
            row = form.instance
            if row.pk and row.is_picture and (where := picture_uses(row.file_name)):
                raise ValidationError(
                    f"L’image « {row.title} » est dans le texte ({where[0]}) : retirez-la d’abord."
                )


class AttachmentInline(admin.StackedInline):
    model = Attachment
    form = AttachmentForm
    formset = AttachmentFormSet
    extra = 0
    fields = (("position", "title"), "file", ("alternative", "decorative"), "told")
    readonly_fields = ("told",)
    classes = ("collapse",)

    @admin.display(description="ce qui est gardé")
    def told(self, row: Attachment) -> SafeString | str:
        if not row.pk:
            return "—"
        if row.is_picture:
            return format_html(
                "{} — adresse dans le texte : <code>{}</code>", row.name, row.picture_url
            )
        return row.name


def attachments_save(formset: Any, by: Any) -> None:
    """Save what an attachment formset changed, through the services."""
    formset.save(commit=False)
    changed = {id(obj) for obj, _ in formset.changed_objects}
    new = {id(obj) for obj in formset.new_objects}
    for form in formset.forms:
        if id(form.instance) in changed | new:
            attachment_save(attachment=form.instance, checked=form.checked, by=by)
    for row in formset.deleted_objects:
        attachment_remove(attachment=row, by=by)
    formset.save_m2m()
