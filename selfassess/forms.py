"""The forms of the self-assessment: opening, joining, answering, deciding."""

from __future__ import annotations

from typing import Any

from django import forms

from cops.territory import Department
from selfassess.enums import PLACES, Mode
from selfassess.instrument import Axis, Instrument

NOT_CONCERNED = "nc"
MODE_HELP = {
    Mode.PAIR: "Chacun répond sur son téléphone. Les roues se retournent ensemble.",
    Mode.DEVICE: "Vous vous passez l’appareil. On peut aussi y recopier une feuille remplie.",
    Mode.GROUP: "Jusqu’à 40 personnes. Le groupe voit la tendance, pas les réponses de chacun.",
    Mode.ALONE: "Une roue, pour vous. Vous pourrez la refaire à deux plus tard.",
}


class OpenForm(forms.Form):
    """How one wants to go about it."""

    mode = forms.ChoiceField(
        label="Comment voulez-vous faire ?",
        choices=[(mode.value, f"{mode.label} — {words}") for mode, words in MODE_HELP.items()],
        widget=forms.RadioSelect,
        initial=Mode.PAIR,
        error_messages={"required": "Choisissez une façon de faire."},
    )
    expected = forms.IntegerField(
        label="Combien serez-vous ?",
        help_text="Pour un groupe. Si vous l’indiquez, les roues se retournent quand tout le monde"
        " a répondu. Sinon, c’est vous qui direz « nous sommes au complet ».",
        min_value=2,
        max_value=PLACES[Mode.GROUP],
        required=False,
        error_messages={
            "min_value": "Un groupe compte de 2 à 40 personnes.",
            "max_value": "Un groupe compte de 2 à 40 personnes.",
            "invalid": "Écrivez un nombre, par exemple 12.",
        },
    )

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if instrument.wordings:
            self.fields["wording"] = forms.ChoiceField(
                label="Avec quels mots ?",
                choices=[("", "Santé"), *instrument.wordings.items()],
                widget=forms.RadioSelect,
                required=False,
                initial="",
            )


class JoinForm(forms.Form):
    """One's role, and a first name if one likes."""

    name = forms.CharField(
        label="Votre prénom ou vos initiales",
        help_text="Les autres personnes le verront. Vous pouvez laisser vide.",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )

    def __init__(self, *args: Any, instrument: Instrument, taken: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [
            (role.code, role.label)
            for role in instrument.members.values()
            if role.code not in taken
        ]
        role = forms.ChoiceField(
            label="Votre rôle",
            choices=roles,
            widget=forms.RadioSelect,
            error_messages={"required": "Choisissez votre rôle."},
        )
        if len(roles) == 1:
            role.initial = roles[0][0]
        self.fields = {"role": role, "name": self.fields["name"]}


class AnswersForm(forms.Form):
    """The criteria of an axis, or of the whole grid: a level, « non concerné », a private note."""

    def __init__(
        self,
        *args: Any,
        instrument: Instrument,
        axes: list[Axis],
        scores: dict[str, int | None],
        notes: dict[str, str],
        complete: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        levels = [
            (str(level.value), f"{level.value} — {level.label}") for level in instrument.levels
        ]
        self.rows: list[str] = []
        for axis in axes:
            for criterion in axis.criteria:
                self._add(criterion.code, criterion.label, levels, scores, notes, complete)
        self.axes = axes

    def _add(
        self,
        code: str,
        label: str,
        levels: list[tuple[str, str]],
        scores: dict[str, int | None],
        notes: dict[str, str],
        complete: bool,
    ) -> None:
        self.fields[code] = forms.ChoiceField(
            label=label,
            choices=[*levels, (NOT_CONCERNED, "Non concerné")],
            widget=forms.RadioSelect,
            required=complete,
            error_messages={"required": "Choisissez un niveau, ou « non concerné »."},
        )
        if code in scores:
            mark = scores[code]
            self.initial[code] = NOT_CONCERNED if mark is None else str(mark)
        self.fields[f"note-{code}"] = forms.CharField(
            label="Votre note personnelle",
            help_text="Pour vous seul : personne d’autre ne la lit, même après.",
            max_length=1_000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.initial[f"note-{code}"] = notes.get(code, "")
        self.rows.append(code)

    def answers(self) -> dict[str, int | None]:
        """What was answered; what was left empty is absent."""
        return {
            code: None if value == NOT_CONCERNED else int(value)
            for code in self.rows
            if (value := self.cleaned_data.get(code))
        }

    def private_notes(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"note-{code}", "") for code in self.rows}


class JointForm(forms.Form):
    """The level agreed on for one criterion."""

    sentence = forms.CharField(
        label="Une phrase, si vous voulez",
        help_text="Ce que vous vous dites sur ce point.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [
            (str(level.value), f"{level.value} — {level.label}") for level in instrument.levels
        ]
        value = forms.ChoiceField(
            label="Votre niveau, ensemble",
            choices=[*levels, (NOT_CONCERNED, "Non concerné")],
            widget=forms.RadioSelect,
            error_messages={"required": "Choisissez un niveau, ou « non concerné »."},
        )
        self.fields = {"value": value, "sentence": self.fields["sentence"]}

    @property
    def level(self) -> int | None:
        value = self.cleaned_data["value"]
        return None if value == NOT_CONCERNED else int(value)


class DecisionForm(forms.Form):
    """One line of « Ce que nous décidons »."""

    what = forms.CharField(label="Quoi", max_length=200, required=False)
    who = forms.CharField(label="Qui", max_length=80, required=False)
    when = forms.CharField(label="Quand", max_length=80, required=False)


class LinkForm(forms.Form):
    """An address for one mail."""

    email = forms.EmailField(
        label="Votre adresse électronique",
        help_text="Par exemple : prenom@exemple.fr",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ShareForm(forms.Form):
    """« Ce que la région peut apprendre »: off by default."""

    shares = forms.BooleanField(
        label="J’accepte que mes réponses, sans mon nom ni mes notes, rejoignent les chiffres de"
        " la région",
        required=False,
    )
    department = forms.ChoiceField(
        label="Votre département, si vous voulez le dire",
        choices=[("", "Je préfère ne pas le dire"), *Department.choices],
        required=False,
    )
