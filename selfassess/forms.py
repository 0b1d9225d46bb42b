"""The forms of the self-assessment but those of the joint moment (joint_forms.py)."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cops.formats import typography
from cops.territory import Department
from selfassess.enums import PLACES, Mode
from selfassess.instrument import Axis, Instrument, Role
from selfassess.services.answers import LONGEST_NOTE

NOT_CONCERNED = "nc"
SEEN = "vu-"  # before the name of a field: what the screen was shown of it
NOTE_HELP = "Pour vous seul : personne d’autre ne la lit, même après."
NOTE_ONE_SCREEN = (
    "Elle n’est pas dans le résultat, et ne se relit plus une fois envoyée : l’autre personne aura"
    " cet appareil entre les mains."
)
_CRITERION = re.compile(r"(?:vu-)?(?:note-)?[A-Z]+[0-9]+")
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


class RoleSelect(forms.RadioSelect):
    """A role is named by its label and described by whom it is for: a relative finds theirs."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        option["attrs"] |= {
            "aria-labelledby": f"role-{value}",
            "aria-describedby": f"pour-{value}",
        }
        return option


def _who(role: Role) -> SafeString:
    return format_html(
        '<span><strong id="role-{}">{}</strong><span class="field-help" id="pour-{}">{}'
        "</span></span>",
        role.code,
        typography(role.label),
        role.code,
        typography(role.description),
    )


class JoinForm(forms.Form):
    """One's role, and for two a first name if one likes: no page shows it elsewhere, so it is not
    asked for alone nor in a group."""

    name = forms.CharField(
        label="Votre prénom ou vos initiales",
        help_text="L’autre personne le verra à côté de votre roue, une fois les roues retournées."
        " Vous pouvez laisser vide.",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )

    def __init__(
        self,
        *args: Any,
        instrument: Instrument,
        taken: list[str],
        for_two: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        roles = [
            (role.code, _who(role))
            for role in instrument.members.values()
            if role.code not in taken
        ]
        role = forms.ChoiceField(
            label="Votre rôle",
            choices=roles,
            widget=RoleSelect,
            error_messages={
                "required": "Choisissez votre rôle.",
                "invalid_choice": "Ce rôle est déjà pris, ou inconnu : choisissez l’autre.",
            },
        )
        if len(roles) == 1:
            role.initial = roles[0][0]
        name = self.fields["name"]
        self.fields = {"role": role, "name": name} if for_two else {"role": role}


class AnswersForm(forms.Form):
    """The criteria of an axis, or of the whole grid: a level, « non concerné », a private note.

    Beside each field a hidden one, ``vu-…``, says what this screen was shown. A field that was
    not touched says nothing: an old screen takes back nothing of what another one kept since.
    """

    def __init__(
        self,
        *args: Any,
        instrument: Instrument,
        axes: list[Axis],
        scores: dict[str, int | None],
        notes: dict[str, str],
        complete: bool = False,
        one_screen: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        levels = [
            (str(level.value), f"{level.value} — {level.label}") for level in instrument.levels
        ]
        self.rows: list[str] = []
        self.note_help = NOTE_ONE_SCREEN if one_screen else NOTE_HELP
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
            help_text=self.note_help,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_NOTE}),
        )
        self.initial[f"note-{code}"] = notes.get(code, "")
        for name in (code, f"note-{code}"):
            self.fields[f"{SEEN}{name}"] = forms.CharField(
                required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
            )
            self.initial[f"{SEEN}{name}"] = self.initial.get(name, "")
        self.rows.append(code)

    def clean(self) -> dict[str, Any]:
        for name in self.data:
            if _CRITERION.fullmatch(name) and name not in self.fields:
                self.add_error(None, "Cette question n’est pas dans la grille.")
        for code in self.rows:
            if len(set(self.data.getlist(code))) > 1:  # type: ignore[attr-defined]
                self.add_error(code, "Deux niveaux pour un critère : choisissez-en un seul.")
            note = f"note-{code}"
            if note in self._touched() and len(self.cleaned_data.get(note, "")) > LONGEST_NOTE:
                self.add_error(note, "Votre note dépasse 1 000 caractères : raccourcissez-la.")
        return self.cleaned_data

    def _touched(self) -> set[str]:
        """The fields that do not say what this screen was shown."""
        names = (name for code in self.rows for name in (code, f"note-{code}"))
        return {
            name
            for name in names
            if plain(self.cleaned_data.get(name, ""))
            != plain(self.cleaned_data.get(f"{SEEN}{name}", ""))
        }

    def answers(self) -> dict[str, int | None]:
        """What was answered here; what was left as it was, or empty, is absent."""
        return {
            code: None if value == NOT_CONCERNED else int(value)
            for code in self.rows
            if code in self._touched() and (value := self.cleaned_data.get(code))
        }

    def private_notes(self) -> dict[str, str]:
        """The notes written here; those that were left as they were are absent."""
        return {
            code: plain(self.cleaned_data[f"note-{code}"])
            for code in self.rows
            if f"note-{code}" in self._touched()
        }

    def notes_seen(self) -> dict[str, str]:
        """What this screen was shown of each note."""
        return {code: plain(self.cleaned_data[f"{SEEN}note-{code}"]) for code in self.rows}


def plain(text: str) -> str:
    """As it is kept: a browser sends the ends of lines in two characters."""
    return text.replace("\r\n", "\n").strip()


class LinkForm(forms.Form):
    """An address for one mail."""

    email = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        help_text="Par exemple : prenom@exemple.fr",
        error_messages={
            "max_length": "Cette adresse est trop longue pour être la bonne : vérifiez-la."
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AgainForm(forms.Form):
    """Whether what was agreed on goes along: whoever takes a place there reads it. Alone, nobody
    else ever does, and nothing is asked."""

    history = forms.ChoiceField(
        label="Avec qui ?",
        help_text="Avec l’histoire, toute personne qui prendra place lira la roue commune et les"
        " décisions que vous avez posées ici, et celles des fois d’avant. Ne lui donnez le code que"
        " si tout le monde est d’accord.",
        choices=[
            ("avec", "Avec les mêmes personnes : retrouver l’histoire"),
            ("sans", "Avec d’autres personnes : repartir sans l’histoire"),
        ],
        widget=forms.RadioSelect,
        initial="avec",
        required=False,
        error_messages={"invalid_choice": "Choisissez l’une des deux réponses."},
    )

    def __init__(self, *args: Any, alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if alone:
            del self.fields["history"]

    @property
    def follows(self) -> bool:
        return self.cleaned_data.get("history") != "sans"


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
