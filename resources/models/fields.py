"""Field shapes that several tables of the library share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models

# Addresses of the portal that a slug may not take (architecture.md « Addresses »).
RESERVED_SLUGS = frozenset(
    {
        "e",
        "p",
        "flux",
        "idees",
        "recueil",
        "repondre",
        "proposer",
        "structures",
        "personnes",
        "nouveau",
    }
)

# Pages beside those of the sheets, under /pilotage/ressources/: no sheet takes their names.
DESK_SLUGS = frozenset({"avis", "mots", "images", "chiffres"})

slug_shape = RegexValidator(
    rf"^(?!(?:{'|'.join(sorted(RESERVED_SLUGS))})$)[a-z0-9]+(?:-[a-z0-9]+)*$",
    "L’adresse n’emploie que des lettres sans accent, des chiffres et des tirets ;"
    " certains mots sont réservés.",
)


def slug_field(**extra: Any) -> models.CharField:
    """A public address: [a-z0-9-], 80 characters at most, never a reserved word."""
    return models.CharField("adresse", max_length=80, unique=True, validators=[slug_shape], **extra)


def lines_field(label: str, **extra: Any) -> ArrayField:
    """A short ordered list of sentences; empty by default, never null."""
    return ArrayField(
        models.CharField(max_length=500), verbose_name=label, default=list, blank=True, **extra
    )


def codes_field(label: str, choices: Iterable[tuple[str, Any]], **extra: Any) -> ArrayField:
    """Several codes of one closed list; empty by default, never null."""
    return ArrayField(
        models.CharField(max_length=40, choices=choices),
        verbose_name=label,
        default=list,
        blank=True,
        **extra,
    )
