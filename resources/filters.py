"""What a reader may ask of the library: its facets, as they stand in the query string.

The rule between values: inside a facet, one of them is enough (OR); between facets,
each must hold (AND). A resource that names nobody in particular is for everybody: one
without department answers to every department, one for « tous publics » to every public.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import django_filters
from django import forms
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from cops.audiences import Audience
from cops.territory import Department
from cops.topics import Topic
from resources.enums import Dimension, Kind, Modality, Variant
from resources.models import Resource, Section


class HasFalc(models.TextChoices):
    YES = "oui", "Existe en FALC"


def has_falc() -> Exists:
    """Whether a resource has an easy-to-read version: at least one section of it."""
    return Exists(Section.objects.filter(resource=OuterRef("pk"), variant=Variant.FALC))


class KnownChoices(forms.MultipleChoiceField):
    """Several values of a closed list. An unknown value is left out, never an error."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Iterable[str] | None) -> list[str]:
        known = {code for code, _label in list(self.choices)}  # type: ignore[arg-type]
        return [code for code in dict.fromkeys(value or ()) if code in known]


class FacetFilter(django_filters.Filter):
    """One facet: its closed list, and what a choice asks for.

    ``open_to_all`` describes the rows that answer to every value. How values are counted:
    resources.reading.facets.
    """

    field_class = KnownChoices

    def __init__(
        self,
        *,
        legend: str,
        choices: type[models.TextChoices],
        where: Callable[[list[str]], Q],
        open_to_all: Q | None = None,
        hint: str = "",
        folded: bool = False,
    ) -> None:
        super().__init__(label=legend, choices=choices.choices, required=False)
        self.legend, self.hint, self.folded = legend, hint, folded
        # Code → words, in order.
        self.labels: dict[str, str] = dict(choices.choices)
        self.open_to_all = open_to_all
        self._where = where

    def condition(self, chosen: list[str]) -> Q:
        """The rows that answer to one at least of the chosen values."""
        wanted = self._where(chosen)
        return wanted if self.open_to_all is None else wanted | self.open_to_all

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return qs.filter(self.condition(value)) if value else qs


class LibraryFilter(django_filters.FilterSet):
    """The facets of « /ressources/ », in the order in which they are shown."""

    genre = FacetFilter(legend="Type", choices=Kind, where=lambda chosen: Q(kind__in=chosen))
    theme = FacetFilter(
        legend="Domaine",
        choices=Topic,
        where=lambda chosen: Q(topics__overlap=chosen),
    )
    public = FacetFilter(
        legend="Public",
        choices=Audience,
        where=lambda chosen: Q(audience_codes__overlap=chosen),
        open_to_all=Q(audience_codes=[]) | Q(audience_codes__contains=[Audience.TOUS]),
        hint="Une ressource « tous publics » répond à chaque choix.",
    )
    dimension = FacetFilter(
        legend="Dimension",
        choices=Dimension,
        where=lambda chosen: Q(dimension__in=chosen),
    )
    modalite = FacetFilter(
        legend="Modalité",
        choices=Modality,
        where=lambda chosen: Q(modalities__overlap=chosen),
        hint="Pour les fiches-missions : dans quel cadre on intervient.",
        folded=True,
    )
    dept = FacetFilter(
        legend="Département",
        choices=Department,
        where=lambda chosen: Q(departments__overlap=chosen),
        open_to_all=Q(departments=[]),
        hint="Une ressource sans département vaut dans toute la région et répond à chaque choix.",
        folded=True,
    )
    falc = FacetFilter(
        legend="Facile à lire",
        choices=HasFalc,
        # IN and not EXISTS: read once for a whole list, it is a hash and not a search per row.
        where=lambda chosen: Q(
            pk__in=Section.objects.filter(variant=Variant.FALC).values("resource")
        ),
    )

    class Meta:
        model = Resource
        fields: list[str] = []

    @property
    def facets(self) -> dict[str, FacetFilter]:
        return self.filters

    def chosen(self) -> dict[str, list[str]]:
        return chosen_in(self.data)


# The same facets without a form: what a list needs at each request.
FACETS: dict[str, FacetFilter] = LibraryFilter.base_filters


def chosen_in(data: QueryDict) -> dict[str, list[str]]:
    """The known values of a query string, by facet; a facet without choice is absent."""
    asked = {
        name: [code for code in dict.fromkeys(data.getlist(name)) if code in facet.labels]
        for name, facet in FACETS.items()
        if name in data
    }
    return {name: codes for name, codes in asked.items() if codes}


def unknown_in(data: QueryDict) -> list[str]:
    """The values of facets that do not exist, shortened, to be said to the reader."""
    said = [
        code[:40]
        for name, facet in FACETS.items()
        if name in data
        for code in data.getlist(name)
        if code not in facet.labels
    ]
    return list(dict.fromkeys(said))[:5]
