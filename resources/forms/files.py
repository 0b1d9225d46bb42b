"""A file that the team sends."""

from __future__ import annotations

from typing import Any

from django import forms

from cops.uploads import LIMIT_WORDS, MAX_BYTES, Checked, Kind, check
from resources.forms.feedback import LineOfText


class FileForm(forms.Form):
    """A file for a sheet; what it is is looked at here, its reason stands beside the field."""

    title = LineOfText(label="Titre", max_length=200, help_text="Ce que l’on lit avant d’ouvrir.")
    file = forms.FileField(
        label="Fichier",
        max_length=None,  # its name is cleaned, not refused for its length
        help_text=f"Image, PDF, DOCX, XLSX, PPTX, ODT, ODS ou ODP ; {LIMIT_WORDS}.",
        error_messages={"empty": "Ce fichier est vide.", "required": "Choisissez un fichier."},
        widget=forms.FileInput(
            attrs={
                "data-max-bytes": MAX_BYTES,
                "data-too-large": f"Ce fichier est trop lourd : {LIMIT_WORDS}.",
            }
        ),
    )
    alternative = LineOfText(
        label="Ce que l’image montre",
        max_length=300,
        required=False,
        help_text="Pour une image : une phrase, lue à qui ne la voit pas. Par exemple : « Une"
        " patiente et un infirmier lisent un document ensemble ».",
    )
    decorative = forms.BooleanField(
        label="L’image est décorative : elle n’apprend rien", required=False
    )
    checked: Checked | None = None

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        self.checked = check(upload)
        return upload

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if self.checked is not None and self.checked.kind == Kind.PICTURE:
            if told.get("decorative") and told.get("alternative"):
                self.add_error("decorative", "Décorative, ou décrite : choisissez.")
            elif not told.get("decorative") and not told.get("alternative"):
                self.add_error(
                    "alternative",
                    "Dites en une phrase ce que l’image montre, ou cochez « décorative ».",
                )
        return told
