"""The forms of the joint moment: a level and a sentence for each criterion, then the decisions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html

from selfassess.forms import NOT_CONCERNED, SEEN, plain
from selfassess.instrument import Instrument
from selfassess.models.joint import MOST_DECISIONS
from selfassess.services.joint import LONGEST_SENTENCE, Decided


class _Text(forms.CharField):
    """A text of the joint moment, counted as it is kept; too long, it is told and never cut.

    The browser is given no ``maxlength``: it would cut what one pastes without a word.
    """

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {
            name: value
            for name, value in super().widget_attrs(widget).items()
            if name != "maxlength"
        }


def _text(label: str, longest: int, words: str = "", rows: int = 0) -> _Text:
    limit = f"{longest} caractères au plus."
    return _Text(
        label=label,
        help_text=f"{words} {limit}".strip(),
        max_length=longest,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput,
        error_messages={
            "max_length": "Votre texte dépasse %(limit_value)d caractères (il en compte"
            " %(show_value)d) : raccourcissez-le."
        },
    )


def _seen() -> _Text:
    return _Text(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))


class JointForm(forms.Form):
    """The level agreed on for one criterion, and a sentence; « vu- » is as in AnswersForm."""

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [
            (str(level.value), f"{level.value} — {level.label}") for level in instrument.levels
        ]
        self.fields["value"] = forms.ChoiceField(
            label="Votre niveau, ensemble",
            choices=[*levels, (NOT_CONCERNED, "Non concerné")],
            widget=forms.RadioSelect,
            error_messages={"required": "Choisissez un niveau, ou « non concerné »."},
        )
        self.fields["sentence"] = _text(
            "Une phrase, si vous voulez",
            LONGEST_SENTENCE,
            words="Ce que vous vous dites sur ce point.",
            rows=2,
        )
        self.fields[f"{SEEN}sentence"] = _seen()
        self.initial[f"{SEEN}sentence"] = self.initial.get("sentence", "")

    @property
    def level(self) -> int | None:
        value = self.cleaned_data["value"]
        return None if value == NOT_CONCERNED else int(value)


class DecisionsForm(forms.Form):
    """The five lines of « Ce que nous décidons »; « vu- » is as in AnswersForm."""

    def __init__(self, *args: Any, kept: Sequence[Decided], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line, one in enumerate(kept):
            for name, label, longest, rows in (
                ("what", "Quoi", 200, 3),
                ("who", "Qui", 80, 0),
                ("when", "Quand", 80, 0),
            ):
                field = f"form-{line}-{name}"
                # Of which decision: read aloud, and in the summary of what is to be seen again.
                told = format_html('{}<span class="of">, décision {}</span>', label, line + 1)
                self.fields[field] = _text(told, longest, rows=rows)
                self.fields[f"{SEEN}{field}"] = _seen()
                for shown in (field, f"{SEEN}{field}"):
                    self.initial.setdefault(shown, getattr(one, name))

    @property
    def lines(self) -> list[list[forms.BoundField]]:
        """The fields of each line, to be shown."""
        fields = self.visible_fields()
        return [fields[first : first + 3] for first in range(0, len(fields), 3)]

    def clean(self) -> dict[str, Any]:
        for line in range(MOST_DECISIONS):
            what, who, when = (self.cleaned_data.get(f"form-{line}-{name}") for name in _OF_A_LINE)
            # None is a text already told too long.
            if what == "" and (who or when):
                self.add_error(
                    f"form-{line}-what", "Dites quoi, ou videz aussi « Qui » et « Quand »."
                )
        return self.cleaned_data

    def said(self) -> list[Decided]:
        return [_line(self.cleaned_data, line) for line in range(MOST_DECISIONS)]

    def seen(self) -> list[Decided]:
        """What this screen was shown of each line."""
        return [_line(self.cleaned_data, line, SEEN) for line in range(MOST_DECISIONS)]


_OF_A_LINE = ("what", "who", "when")


def _line(texts: Mapping[str, str], line: int, before: str = "") -> Decided:
    return Decided(
        **{name: plain(texts.get(f"{before}form-{line}-{name}", "")) for name in _OF_A_LINE}
    )


def decisions_caught_up(
    sent: Mapping[str, str], kept: Sequence[Decided], told: Collection[int] = ()
) -> dict[str, str]:
    """The fields of a screen once it is shown what the others kept.

    What is being typed stays; a line that was not touched is as it is kept. ``told`` are the
    lines typed on of which the page now shows the other text as well.
    """
    fields = {}
    for line, one in enumerate(kept):
        mine, shown = _line(sent, line), _line(sent, line, SEEN)
        if mine == shown:
            mine = shown = one
        elif line in told:
            shown = one
        for name in _OF_A_LINE:
            fields[f"form-{line}-{name}"] = getattr(mine, name)
            fields[f"{SEEN}form-{line}-{name}"] = getattr(shown, name)
    return fields
