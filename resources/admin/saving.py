"""Two people on one form: the second is told, nothing of the first is lost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection, models

# With the number of the model: one save of a kind at a time, so that what is checked
# (an address that nobody has) still holds when it is written.
_SAVING = 0x5341


class StateField(forms.CharField):
    """The state of the object when its form was opened; never a change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class LibraryForm(forms.ModelForm):
    """A form of the admin that refuses to write over what somebody saved meanwhile."""

    state = StateField(label="état", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["state"].initial = _state(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = ContentType.objects.get_for_model(self._meta.model)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_SAVING, kind.pk])
        seen = cleaned.get("state")
        if self.instance.pk and seen and seen != _state(self.instance):
            raise ValidationError(
                "Quelqu’un a enregistré cette page pendant que vous l’écriviez : rien n’a été"
                " remplacé. Ouvrez-la dans un autre onglet et reportez-y ce que vous avez changé.",
                code="meanwhile",
            )
        return cleaned


def _state(obj: models.Model) -> str:
    """What changes with each save, whoever makes it: this form, an action, the loader."""
    model = type(obj)
    kind = ContentType.objects.get_for_model(model)
    logged = LogEntry.objects.filter(content_type=kind, object_id=str(obj.pk)).order_by("-pk")
    state = str(logged.values_list("pk", flat=True).first() or 0)
    if any(field.name == "changed_at" for field in model._meta.fields):
        rows = model._default_manager.filter(pk=obj.pk).values_list("changed_at", flat=True)
        state += f" {rows.first()}"
    return state
