"""Form fields of a grid: its words, one sentence a line, the sheets that help in their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cops.content.schema import curly
from resources.desk.fields import LinesField
from resources.models import Resource

Choices = Sequence[tuple[str, str]]
PLACES = 5


def sheet_choices() -> list[tuple[str, str]]:
    """Every sheet of the library by its slug, A–Z; those not on view say so."""
    public = set(Resource.objects.public().values_list("slug", flat=True))
    rows = Resource.objects.order_by("sort_key", "pk").values_list("slug", "title")
    return [(slug, title if slug in public else f"{title} (pas à l’affiche)")
            for slug, title in rows]  # fmt: skip


class WordsField(forms.CharField):
    """A text of a grid, with typographic apostrophes and no line break that only one system has."""

    def __init__(self, *, longest: int, required: bool, **options: Any) -> None:
        widget: forms.Widget = forms.TextInput(attrs={"class": "vTextField"})
        if longest > 120:
            rows = 2 if longest <= 400 else 4
            widget = forms.Textarea(attrs={"rows": rows, "cols": 80, "class": "vLargeTextField"})
        super().__init__(max_length=longest, required=required, widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return curly(text.replace("\r\n", "\n")) if text else text

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or "") != (self.to_python(data) or "")


class SentencesField(LinesField):
    """One sentence a line, with typographic apostrophes."""

    def to_python(self, value: Any) -> Any:
        return [curly(line) for line in super().to_python(value)]


class SheetsWidget(forms.MultiWidget):
    """A few lists one under the other, so that an order can be given without a script."""

    def __init__(self, choices: Choices, places: int) -> None:
        super().__init__(
            [
                forms.Select(
                    attrs={"aria-label": f"Fiche {rank}", "class": "sheet-choice"}, choices=choices
                )
                for rank in range(1, places + 1)
            ]
        )

    def decompress(self, value: Any) -> list[str]:
        found = list(value or [])
        return found + [""] * (len(self.widgets) - len(found))


class SheetsField(forms.MultiValueField):
    """Slugs of sheets in the order in which they are proposed."""

    def __init__(self, *, choices: Choices, kept: Sequence[str], **options: Any) -> None:
        known = dict(choices)
        # A sheet of a later content, or taken out of the library: it stays until it is changed.
        absent = [(slug, f"{slug} (pas dans la bibliothèque)") for slug in kept
                  if slug not in known]  # fmt: skip
        listed = [("", "—"), *choices, *absent]
        places = max(PLACES, len(kept) + 1)
        super().__init__(
            [forms.ChoiceField(choices=listed, required=False) for _ in range(places)],
            widget=SheetsWidget(listed, places),
            required=False,
            require_all_fields=False,
            **options,
        )

    def compress(self, data_list: Any) -> list[str]:
        chosen = [slug for slug in data_list or [] if slug]
        if len(set(chosen)) != len(chosen):
            raise ValidationError("La même fiche est choisie deux fois.")
        return chosen

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != [slug for slug in data or [] if slug]
