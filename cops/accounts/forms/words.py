"""One way to ask for each thing: label, help, keyboard. No placeholder: it goes as one types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

CODE_KEYS = {
    "autocomplete": "one-time-code",
    "autocapitalize": "characters",
    "spellcheck": "false",
    "class": "code-input",
    "maxlength": "20",
}
DIGIT_KEYS = CODE_KEYS | {"inputmode": "numeric", "autocapitalize": "off"}

CODE = (
    "Le code reçu par courriel",
    "Huit lettres, par exemple BCDF-GHJK. Le tiret est facultatif.",
)
EMAIL = ("Adresse électronique", "Par exemple prenom.nom@exemple.fr")
NEW_PASSWORD = (
    "Nouveau mot de passe",
    "12 caractères au moins. Le plus simple : quatre ou cinq mots sans rapport entre eux.",
)
WRONG_EMAIL = "Cette adresse n’est pas complète. Un exemple : prenom.nom@exemple.fr"


class Words(forms.Form):
    """``asked`` gives label and help of fields by name; ``keys`` their attributes."""

    asked: dict[str, tuple[str, str]] = {}
    keys: dict[str, dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.asked:
                field.label, field.help_text = self.asked[name]
            field.widget.attrs.update(self.keys.get(name, {}))
            field.error_messages["required"] = "Ce champ est à remplir."
        for name in {"email", "login"} & set(self.fields):
            field = self.fields[name]
            field.error_messages["invalid"] = WRONG_EMAIL
            field.validators = [*field.validators, MaxLengthValidator(254)]
            field.widget.attrs["maxlength"] = "254"
