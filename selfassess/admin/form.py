"""The form of a grid: its own fields and those of what it asks, in one page."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from resources.admin.saving import LibraryForm
from selfassess.admin import words
from selfassess.admin.aligned import Content, aligned, repacked, rows_of
from selfassess.admin.fields import sheet_choices
from selfassess.admin.layout import Layout, at, lay_out, name_of
from selfassess.models import Grid
from selfassess.services.shape import content_faults


class AddForm(forms.ModelForm):
    """A new grid begins with what another one asks."""

    copy_of = forms.ModelChoiceField(
        label="Partir de",
        queryset=Grid.objects.order_by("slug", "pk"),
        help_text="La nouvelle grille reprend tout de celle-ci ; vous changez ensuite ce que vous"
        " voulez. L’autre ne change pas.",
    )

    class Meta:
        model = Grid
        fields = ("title", "slug", "instrument", "sheet", "adapted")


class GridForm(LibraryForm):
    """A grid that exists. ``form_of`` sets on the class made for it ``layout``, and ``kept``:
    the content as it was.
    """

    layout: ClassVar[Layout]
    kept: ClassVar[Content]
    content: dict[str, Any]

    class Meta:
        model = Grid
        fields = ("title", "slug", "instrument", "sheet", "adapted")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_optional(cleaned)
        self._check_renewed(cleaned)
        if not self.errors:
            self.content = self.layout.read(cleaned, taken=codes_taken(self.instance))
            # What was frozen before a field existed is not changed by that field left empty.
            if self.content == repacked(self.kept):
                self.content = self.kept
            faults = [f"{fault[0].upper()}{fault[1:]}" for fault in content_faults(self.content)]
            if faults:
                raise ValidationError(faults)
        return cleaned

    def _check_optional(self, cleaned: dict[str, Any]) -> None:
        for names in self.layout.optional:
            filled = [name for name in names if cleaned.get(name)]
            for name in names if filled else ():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words.INCOMPLETE)

    def _check_renewed(self, cleaned: dict[str, Any]) -> None:
        """Another question is said again in each wording that had words of its own for it."""
        content = self.layout.content
        criteria = rows_of(content, "criteria")
        for box, path in self.layout.renewals.items():
            if not cleaned.get(box):
                continue
            rank = next(i for i, row in enumerate(criteria) if row is at(content, path))
            for number in range(len(content["wordings"]) - 1):
                here = ("wordings", number, "criteria", rank, "label")
                said = cleaned.get(name_of(here), "")
                if said and said == at(content, here):
                    self.add_error(name_of(here), words.SAY_AGAIN)


def form_of(grid: Grid) -> type[GridForm]:
    """The form of this grid's last version."""
    content = grid.versions.order_by("-number")[:1].get().content
    sheets = sheet_choices()
    layout = lay_out(aligned(content), sheets, grid.title)
    return type("GridForm", (GridForm,), {**layout.fields, "layout": layout, "kept": content})


def codes_taken(grid: Grid) -> set[str]:
    """Every code that a criterion of this grid ever had."""
    return {
        criterion["code"]
        for content in grid.versions.values_list("content", flat=True)
        for axis in content["axes"]
        for criterion in axis["criteria"]
    }
