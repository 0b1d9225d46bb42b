"""What readers and the team fill in; what is typed is kept when something is to be mended."""

from __future__ import annotations

from typing import Any

from django import forms

from cops.formats import one_line, plain_lines
from resources.enums import TermCategory, Useful
from resources.models import Remark, Term, WordRequest

TOO_LONG = "Votre texte a %(show_value)d signes : raccourcissez-le à %(limit_value)d."


class LinesOfText(forms.CharField):
    """Words on several lines; an unseen character is no word."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return plain_lines(super().to_python(value) or "")


class LineOfText(forms.CharField):
    """Words on a single line."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class RemarkForm(forms.Form):
    """The words that go with an answer, all optional."""

    avis = forms.ChoiceField(choices=Useful.choices, widget=forms.HiddenInput)
    mots = LinesOfText(
        label="Qu’est-ce qui vous a aidé, ou manqué ?",
        required=False,
        max_length=Remark.LENGTH,
        strip=False,
        help_text=f"{Remark.LENGTH} signes au plus. N’écrivez ni nom, ni données de santé :"
        " l’équipe du COPS lit ces mots pour améliorer la fiche, et ne peut pas vous répondre ici.",
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WordForm(forms.Form):
    """A word that is missing from the lexicon."""

    mot = LineOfText(
        label="Le mot qui manque",
        max_length=WordRequest.WORD_LENGTH,
        help_text="Un mot, une expression ou un sigle. Par exemple : « pair-aidance ».",
        error_messages={
            "required": "Écrivez le mot que vous cherchiez.",
            "max_length": "Ce texte a %(show_value)d signes : un mot ou une expression,"
            " %(limit_value)d signes au plus.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contexte = LinesOfText(
        label="Où l’avez-vous lu ou entendu ?",
        required=False,
        max_length=WordRequest.CONTEXT_LENGTH,
        help_text=f"{WordRequest.CONTEXT_LENGTH} signes au plus. N’écrivez pas de données de"
        " santé : ni maladie, ni traitement, ni nom de personne soignée.",
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    courriel = forms.EmailField(
        label="Votre adresse électronique",
        required=False,
        max_length=254,
        help_text="Seulement si vous voulez une réponse. L’équipe du COPS la voit, elle seule ;"
        " elle est effacée avec la réponse, et au plus tard après un an."
        " Par exemple : prenom.nom@exemple.fr",
        error_messages={
            "invalid": "Cette adresse n’a pas la bonne forme. Par exemple : prenom.nom@exemple.fr"
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class WordAddForm(forms.Form):
    """« Ajouté »: the beginning of a term."""

    word = LineOfText(label="Terme", max_length=120)
    category = forms.ChoiceField(label="Catégorie", choices=TermCategory.choices)
    definition = LinesOfText(
        label="Définition",
        help_text="Un premier jet suffit : le terme n’est pas visible avant d’être mis au lexique.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WordKnownForm(forms.Form):
    """« Existe déjà »: which term."""

    term = forms.ModelChoiceField(
        Term.objects.none(), label="Terme du lexique", empty_label="Choisir un terme"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["term"].queryset = Term.objects.public()  # type: ignore[attr-defined]


class WordDeclineForm(forms.Form):
    """« Pas retenu »: why."""

    reason = LinesOfText(
        label="Raison, telle que la personne la lira",
        max_length=WordRequest.REPLY_LENGTH,
        initial="Merci d’avoir proposé ce mot. Nous ne le retenons pas dans le lexique, parce que ",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
