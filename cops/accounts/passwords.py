"""A password made of what anybody would try first on this portal."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from cops.formats import unaccent

# Django's own list of 20 000 knows few French words, and nothing of this house.
WORDS = (
    "motdepasse", "password", "azerty", "qwerty", "bonjour", "bienvenue", "soleil", "chouchou",
    "doudou", "loulou", "jetaime", "secret", "sante", "partenariat", "partenaire", "patient",
    "professionnel", "hopital", "chu", "cops", "savoirs", "savoir", "occitanie", "toulouse",
    "montpellier", "portail", "compte", "connexion", "acces", "admin", "administrateur",
    "demonstration", "barometre", "annuaire", "atelier", "france", "covid",
)  # fmt: skip
LEFT_AT_LEAST = 6  # letters and digits that remain without these words


class ContextWordsValidator:
    """Refuses « Partenariat-Sante-2026! »: its words are known, little is left to guess."""

    def validate(self, password: str, user: Any = None) -> None:
        left = "".join(letter for letter in unaccent(password) if letter.isalnum())
        for word in sorted(WORDS, key=len, reverse=True):
            left = left.replace(word, "")
        if len(set(left)) < LEFT_AT_LEAST and len(left) < len(password):
            raise ValidationError(
                "Ce mot de passe est fait de mots que l’on essaierait d’abord ici. Ajoutez des "
                "mots sans rapport avec le portail, ni entre eux.",
                code="password_of_context",
            )

    def get_help_text(self) -> str:
        return "Pas seulement des mots du portail (« santé », « partenariat », « cops »…)."
