from __future__ import annotations

from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from cops.http.addresses import address
from resources.models.fields import slug_field
from selfassess.instrument import Instrument, instrument_of

# Other pages have these addresses beside those of the grids (selfassess.urls).
TAKEN_ADDRESSES = frozenset({"code", "moi"})


class GridQuerySet(models.QuerySet["Grid"]):
    def public(self) -> GridQuerySet:
        return self.filter(archived_at__isnull=True)


class Grid(models.Model):
    """An instrument: its name, the sheet it belongs to. What it asks is in its versions."""

    slug = slug_field()
    title = models.CharField("titre", max_length=200)
    instrument = models.CharField("instrument", max_length=200, blank=True)
    # The slug of the sheet: shown once it is in the library.
    sheet = models.CharField("fiche", max_length=80, blank=True)
    adapted = models.BooleanField("libellés adaptés, à valider", default=False)
    archived_at = models.DateTimeField("retirée le", null=True, blank=True)
    changed_at = models.DateTimeField("modifiée le", auto_now=True)

    objects = GridQuerySet.as_manager()

    class Meta:
        verbose_name = "grille"
        verbose_name_plural = "grilles"
        ordering = ["slug", "pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.slug in TAKEN_ADDRESSES:
            raise ValidationError({"slug": "Cette adresse est celle d’une autre page du portail."})

    def get_absolute_url(self) -> str:
        return address("selfassess:grid", self.slug)


class GridVersion(models.Model):
    """What a grid asks, at a moment. Used once, it is frozen: an edit makes the next one.

    ``content`` is read by selfassess.instrument alone; written by grid_write alone.
    """

    grid = models.ForeignKey(Grid, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("numéro")
    content = models.JSONField("contenu")
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    # For ever: an assessment that is erased has been answered all the same, and what was shared
    # of it names this version.
    is_used = models.BooleanField("a servi", default=False)

    class Meta:
        verbose_name = "version d’une grille"
        verbose_name_plural = "versions des grilles"
        ordering = ["grid", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["grid", "number"], name="grid_version_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="grid_version_from_one",
                violation_error_message="Les versions se comptent à partir de 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grid}, version {self.number}"

    @cached_property
    def _wordings(self) -> dict[str, Instrument]:
        return {}

    def read(self, wording: str = "") -> Instrument:
        """The instrument in a wording, made once per object."""
        if wording not in self._wordings:
            self._wordings[wording] = instrument_of(self.content, wording)
        return self._wordings[wording]
