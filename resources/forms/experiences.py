"""The short steps of a remarkable experience, its reading, and what the team answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from cops.territory import Department
from cops.topics import Topic
from resources.enums import READING_GRID, OngoingAnswer, ReaderRole, ReadingCriterion
from resources.models import Proposal
from resources.services.proposals import NEEDED

UNKNOWN = "unknown"  # « je ne peux pas le dire »

HELP = {
    "title": "En quelques mots, comme vous en parlez. Par exemple : « Un café des aidants ».",
    "structure": "Par exemple : une association, un service hospitalier, une école."
    " Laissez vide si vous proposez seul.",
    "topics": "Un ou plusieurs. C’est ce qui aidera à trouver votre expérience.",
    "departments": "Là où cela se passe. Aucun : partout en Occitanie.",
    "need": "Qu’est-ce qui manquait, ou n’allait pas ? Qui l’a dit ?",
    "people": "Qui a préparé et mené l’expérience, avec quel rôle ? Des rôles plutôt que des"
    " noms : « deux patientes partenaires », « une cadre de santé ».",
    "method": "Racontez les grandes étapes, comme à quelqu’un qui voudrait faire pareil.",
    "time": "Depuis quand ? Combien de temps pour préparer, puis pour continuer ?",
    "means": "Argent, lieu, matériel, heures de travail, dédommagement des partenaires…",
    "effects": "Qu’est-ce que cela a changé, pour les personnes et pour les équipes ?"
    " Comment le savez-vous ?",
    "limits": "Ce qui a été difficile, ce qui n’a pas marché. Cela aide beaucoup ceux qui"
    " viennent après.",
    "advice": "Si une équipe voulait commencer demain, que lui diriez-vous ?",
    "contact_name": "Pour savoir à qui nous écrivons. Ce nom n’est jamais publié.",
    "contact_email": "Pour vous répondre. Elle n’est jamais publiée."
    " Par exemple : prenom@exemple.fr",
    "may_be_contacted": "Un formulaire, sur la fiche, vous transmettra les messages. Votre"
    " adresse reste cachée tant que vous ne répondez pas.",
}
# What a draft is found by: asked even of a step that will be finished later.
ALWAYS = ("title", "bearer_kind")


@dataclass(frozen=True)
class Step:
    """One page of the form."""

    title: str
    fields: tuple[str, ...]
    intro: str = ""


STEPS = (
    Step("L’essentiel", ("title", "bearer_kind", "structure", "topics", "departments")),
    Step("Le besoin", ("need", "people")),
    Step("Le déroulement", ("method", "time", "means")),
    Step("Ce que cela change", ("effects", "limits", "advice")),
    Step("Vous joindre", ("contact_name", "contact_email", "may_be_contacted")),
)
STEP_TITLES = [*(step.title for step in STEPS), "Relire et envoyer"]


class ProposalForm(forms.ModelForm):
    """One step. ``finish_later`` keeps what is written without asking for the rest."""

    topics = forms.MultipleChoiceField(
        label="Domaines", choices=Topic.choices, widget=forms.CheckboxSelectMultiple
    )
    departments = forms.MultipleChoiceField(
        label="Départements",
        choices=Department.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Proposal
        fields = [name for step in STEPS for name in step.fields]
        widgets = {"bearer_kind": forms.RadioSelect}

    def __init__(self, *args: Any, step: int, finish_later: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = STEPS[step - 1].fields
        self.fields = {name: self.fields[name] for name in kept}
        for name, field in self.fields.items():
            field.help_text = HELP.get(name, "")
            # Its name is what a draft is found by: asked even of one that will be finished later.
            field.required = name in NEEDED and (
                not finish_later or name in {"title", "bearer_kind"}
            )
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 6
        if "bearer_kind" in self.fields:
            kind = self.fields["bearer_kind"]
            kind.choices = [choice for choice in kind.choices if choice[0]]  # type: ignore[attr-defined]
        if "contact_email" in self.fields:
            self.fields["contact_email"].widget.attrs["autocomplete"] = "email"
            self.fields["contact_name"].widget.attrs["autocomplete"] = "name"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        known = data.get("contact_email") or "contact_email" in self.errors
        if data.get("may_be_contacted") and not known:
            self.add_error("contact_email", "Pour être joint, indiquez votre adresse.")
        return data

    @property
    def answers(self) -> dict[str, Any]:
        """What this step says, ready for the service."""
        return {name: self.cleaned_data[name] for name in self.fields}


class SendForm(forms.Form):
    """The last page: reread, agree, send."""

    agreed = forms.BooleanField(
        label="J’accepte que le COPS publie ce récit sur le portail, après relecture.",
        help_text="Vous pourrez demander son retrait à tout moment.",
        error_messages={"required": "Sans votre accord, nous ne pouvons rien publier."},
    )


class LinkForm(forms.Form):
    """Send oneself the link of the draft."""

    email = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        help_text="Elle sert à cet envoi, et n’est pas gardée. Par exemple : prenom@exemple.fr",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ReadingForm(forms.Form):
    """The grid: six criteria from 0 to 4, and a few words."""

    words = forms.CharField(
        label="Quelques mots pour l’équipe",
        help_text="Ce qui vous a plu, ce qui manque, ce qui serait à corriger.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=3_000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grid = {}
        for criterion in ReadingCriterion:
            question, labels = READING_GRID[criterion]
            choices = [(str(n), f"{n} — {label}") for n, label in enumerate(labels)]
            grid[criterion.value] = forms.ChoiceField(
                label=criterion.label,
                help_text=question,
                choices=[*choices, (UNKNOWN, "Je ne peux pas le dire")],
                widget=forms.RadioSelect,
                error_messages={"required": "Choisissez une réponse."},
            )
        self.fields = {**grid, "words": self.fields["words"]}

    @property
    def marks(self) -> dict[str, int | None]:
        """The marks for the service; None where the reader cannot say."""
        return {
            code: None if self.cleaned_data[code] == UNKNOWN else int(self.cleaned_data[code])
            for code in ReadingCriterion.values
        }


class AskReaderForm(forms.Form):
    """Whom the team asks to read."""

    role = forms.ChoiceField(label="Quelle lecture ?", choices=ReaderRole.choices)
    name = forms.CharField(label="Prénom, ou comment l’appeler", max_length=120, required=False)
    email = forms.EmailField(label="Adresse électronique", max_length=254)


class AnswerForm(forms.Form):
    """What the bearer will read: what is missing, or why not."""

    answer = forms.CharField(
        label="Votre réponse",
        help_text="La personne la lira telle quelle, entre un merci et une formule d’au revoir.",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=3_000,
        error_messages={"required": "Dites pourquoi : c’est ce que la personne lira."},
    )


class OngoingForm(forms.Form):
    """« Toujours en cours ? »"""

    answer = forms.ChoiceField(choices=OngoingAnswer.choices)
    words = forms.CharField(
        label="Voulez-vous préciser quelque chose ?",
        help_text="Ce qui a changé, une date de fin, une suite. L’équipe seule le lit.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3_000,
        required=False,
    )


class BearerMessageForm(forms.Form):
    """A visitor writes to the bearer."""

    name = forms.CharField(
        label="Votre nom",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        help_text="La personne la verra, pour vous répondre. Par exemple : prenom@exemple.fr",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    message = forms.CharField(
        label="Votre message",
        help_text="Dites qui vous êtes et ce que vous aimeriez savoir."
        " N’y mettez pas d’information de santé.",
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=3_000,
    )
