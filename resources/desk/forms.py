"""The forms of the team's pages: the main fields, a section, a step, a publication."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from resources.desk.fields import (
    CodesField,
    FactsField,
    LinesField,
    RichTextField,
    SeenField,
    TrainingField,
    seen_packed,
)
from resources.enums import Kind, SectionKind, Variant
from resources.models import PreviewLink, Resource
from resources.services.applying import fields_apply
from resources.services.drafts import Seen
from resources.services.previews import DAYS, DAYS_AT_MOST

# The main fields by group, as the page shows them.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Présentation", ("title", "subtitle", "kind", "number", "summary")),
    ("Classement", ("topics", "dimension", "audience", "audience_codes", "departments")),
    ("Avis et relectures", ("notice", "reviewed_on", "review_by", "falc_reviewed_on")),
    ("Origine", ("working_group", "contributors", "publishers", "methodology", "facts")),
)
MISSION = (
    "Fiche-mission",
    ("action", "partner_profiles", "places", "modalities", "training", "regulation", "skills"),
)
_DATES = ("reviewed_on", "review_by", "falc_reviewed_on")


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _formfield(db_field: models.Field, **options: Any) -> Any:
    shared: dict[str, Any] = {
        "required": not db_field.blank,
        "label": str(db_field.verbose_name).capitalize(),
        "help_text": db_field.help_text,
    }
    if isinstance(db_field, ArrayField):
        base = db_field.base_field
        if base.choices:
            return CodesField(choices=base.choices, **shared)
        return LinesField(line_length=base.max_length or 500, **shared)
    if isinstance(db_field, models.DateField):
        options["widget"] = _day_input()
    return db_field.formfield(**options)


class SeenForm(forms.Form):
    """A form that tells what it showed of the working text when it was opened."""

    seen = SeenField()


class FieldsForm(forms.ModelForm):
    """The main fields, read from a content; ``value()`` gives them back as one."""

    seen = SeenField()
    training = TrainingField(
        label="Formations",
        required=False,
        help_text="Une par ligne ; « (obligatoire) » à la fin quand elle l’est.",
    )
    facts = FactsField(
        label="Repères chiffrés", required=False, help_text="« nom : valeur » sur chaque ligne."
    )

    class Meta:
        model = Resource
        fields = tuple(name for _, names in (*GROUPS, MISSION) for name in names)
        formfield_callback = _formfield

    def __init__(
        self, data: Any = None, *, resource: Resource, content: Mapping[str, Any], seen: Seen
    ) -> None:
        trial = fields_apply(copy.copy(resource), content)
        super().__init__(data, instance=trial, initial={"seen": seen_packed(seen)})
        if trial.kind != Kind.MISSION and (data is None or data.get("kind") != Kind.MISSION):
            for name in MISSION[1]:
                del self.fields[name]
        self.fields["number"].help_text = "Celui de la fiche dans sa série ; vide pour aucun."
        self.fields["summary"].widget.attrs["rows"] = 4

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        groups = (*GROUPS, MISSION) if MISSION[1][0] in self.fields else GROUPS
        return [(title, [self[name] for name in names]) for title, names in groups]

    def value(self) -> dict[str, Any]:
        """The fields as a content holds them."""
        own = {name: self.cleaned_data[name] for name in self.fields if name != "seen"}
        for name in _DATES:
            day: date | None = own[name]
            own[name] = day.isoformat() if day else None
        return own


class SectionForm(SeenForm):
    title = forms.CharField(label="Titre", max_length=200)
    level = forms.TypedChoiceField(
        label="Niveau du titre",
        choices=[
            (2, "Niveau 2 : sous le titre de la fiche"),
            (3, "Niveau 3 : dans la section d’avant"),
        ],
        coerce=int,
    )
    path_title = forms.CharField(label="Titre du parcours", max_length=200)
    source = RichTextField(label="Texte", required=False)

    def __init__(self, data: Any = None, *, section: Mapping[str, Any], seen: Seen) -> None:
        initial = {name: section[name] for name in ("title", "level", "source")}
        path = section.get("path")
        initial |= {"seen": seen_packed(seen), "path_title": path["title"] if path else ""}
        super().__init__(data, initial=initial)
        if not path:
            del self.fields["path_title"]
        else:
            self.fields["source"].label = "Introduction du parcours"

    def value(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name != "seen"}


class StepForm(SeenForm):
    title = forms.CharField(label="Titre de l’étape", max_length=200)
    partner_label = forms.CharField(
        label="Qui, à gauche", max_length=120, help_text="Par exemple « Patient partenaire »."
    )
    partner = RichTextField(label="Ce que cette personne fait", required=False)
    professional_label = forms.CharField(
        label="Qui, à droite", max_length=120, help_text="Par exemple « Professionnel partenaire »."
    )
    professional = RichTextField(label="Ce que cette personne fait", required=False)
    actions = RichTextField(label="Ce que l’on fait ensemble", required=False)

    def __init__(self, data: Any = None, *, step: Mapping[str, Any], seen: Seen) -> None:
        initial = {name: step[name] for name in ("title", "partner_label", "professional_label")}
        super().__init__(data, initial={**initial, **step["source"], "seen": seen_packed(seen)})

    def value(self) -> dict[str, Any]:
        own = self.cleaned_data
        lanes = {name: own[name] for name in ("partner", "professional", "actions")}
        names = ("title", "partner_label", "professional_label")
        return {**{name: own[name] for name in names}, "source": lanes}


class NewSectionForm(forms.Form):
    title = forms.CharField(label="Titre de la section", max_length=200)
    variant = forms.ChoiceField(label="Dans", choices=Variant.choices)
    kind = forms.ChoiceField(label="Genre", choices=SectionKind.choices)


class NewResourceForm(forms.Form):
    """A new sheet: what it takes to have an address and a place in the list."""

    title = forms.CharField(label="Titre", max_length=200)
    kind = forms.ChoiceField(label="Type", choices=Kind.choices)
    summary = forms.CharField(
        label="Résumé",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Deux ou trois phrases : ce que l’on y trouve, pour qui.",
    )


class MomentField(forms.SplitDateTimeField):
    """A day and an hour in Paris; an hour left out is eight in the morning."""

    def __init__(self, **options: Any) -> None:
        widget = forms.SplitDateTimeWidget(
            date_format="%Y-%m-%d",
            time_format="%H:%M",
            date_attrs={"type": "date", "aria-label": "Jour"},
            time_attrs={"type": "time", "aria-label": "Heure"},
        )
        super().__init__(
            widget=widget, input_time_formats=["%H:%M", "%H:%M:%S"],
            require_all_fields=False, **options,
        )  # fmt: skip
        for part in self.fields:
            part.required = False

    def compress(self, data_list: Any) -> datetime | None:
        day, hour = (*(data_list or ()), None, None)[:2]
        if day in (None, ""):
            if hour not in (None, ""):
                raise ValidationError("Il manque le jour.")
            return None
        hour = hour or time(8)
        return timezone.make_aware(datetime.combine(day, hour))


class PublishForm(forms.Form):
    """When, and what one says of it to the colleagues who will look back."""

    when = forms.ChoiceField(
        label="Quand",
        choices=[("now", "Tout de suite"), ("later", "À une date choisie")],
        widget=forms.RadioSelect,
        initial="now",
    )
    at = MomentField(
        label="Date et heure", required=False, help_text="Heure de Paris ; sans heure : 8 h."
    )
    note = forms.CharField(
        label="Ce qui change",
        required=False,
        max_length=300,
        help_text="Pour l’équipe, dans l’histoire de la fiche. Par exemple « Coordonnées de la"
        " maison des usagers ».",
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def clean(self) -> dict[str, Any]:
        own = super().clean() or self.cleaned_data
        if own.get("when") != "later":
            own["at"] = None
        elif "at" in own and own["at"] is None:
            self.add_error("at", "Choisissez un jour.")
        elif own.get("at") and own["at"] <= timezone.now():
            self.add_error("at", "Cette date est déjà passée : choisissez-en une à venir.")
        return own


class WithdrawForm(forms.Form):
    at = MomentField(
        label="Date et heure du retrait",
        required=False,
        help_text="Heure de Paris. Sans date : tout de suite.",
    )


class PreviewForm(forms.Form):
    """A secret link for one reader."""

    name = forms.CharField(
        label="Pour qui",
        max_length=PreviewLink._meta.get_field("name").max_length,
        help_text="Un prénom ou un groupe suffit : vous seuls le voyez.",
    )
    email = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        required=False,
        help_text="Si vous la donnez, le portail envoie le lien. Elle est effacée avec lui.",
    )
    words = forms.CharField(
        label="Votre mot pour cette personne",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    days = forms.IntegerField(
        label="Valable combien de jours", initial=DAYS, min_value=1, max_value=DAYS_AT_MOST
    )


class CommentForm(forms.Form):
    """What a reader without account sends about a section."""

    anchor = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Votre commentaire",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez au moins un mot."},
    )
    name = forms.CharField(
        label="Votre nom ou prénom",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
