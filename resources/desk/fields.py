"""Form fields of whoever writes a sheet: a list one line at a time, boxes, rich text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django_prose_editor.fields import ProseEditorFormField

from resources.desk.editors import EditorWidget
from resources.services.cleaning import html_clean
from resources.services.drafts import Seen

_REQUIRED = re.compile(r"\s*\(obligatoire\)$", re.IGNORECASE)
_WHOLE = re.compile(r"-?\d{1,9}$")

# The page that the editor opens for a picture (resources:desk_pictures).
PICTURES = "/pilotage/ressources/images/"
# What the editor offers is what cleaning keeps (resources.services.cleaning).
EDITOR = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Heading": {"levels": [3, 4]},
    "Link": {"enableTarget": False},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Figure": {"pickerUrl": PICTURES},
    "Caption": True,
    "Image": True,
}


_SEEN = "resources.desk.seen"


def seen_packed(seen: Seen) -> str:
    """What a form showed, signed: it comes back as it went."""
    return signing.dumps([seen.value, seen.last], salt=_SEEN, compress=True)


def seen_unpacked(text: str) -> Seen:
    """Raises django.core.signing.BadSignature."""
    value, last = signing.loads(text, salt=_SEEN)
    return Seen(value, last)


class SeenField(forms.CharField):
    """What the form showed when it was opened; never a change by itself."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Any:
        try:
            return seen_unpacked(super().clean(value))
        except signing.BadSignature:
            raise ValidationError(
                "Cette page n’est plus lisible par le portail. Copiez ce que vous avez écrit,"
                " rouvrez-la, et collez-le."
            ) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class LinesField(forms.CharField):
    """A list of sentences, one per line."""

    def __init__(self, *, line_length: int = 500, rows: int = 4, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows, "cols": 80}))
        options["help_text"] = options.get("help_text") or "Un élément par ligne."
        super().__init__(**options)
        self.line_length = line_length

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [line for line in (" ".join(raw.split()) for raw in text.splitlines()) if line]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        for number, line in enumerate(value, start=1):
            if len(line) > self.line_length:
                raise ValidationError(
                    f"Ligne {number} : {len(line)} signes, {self.line_length} au plus."
                )

    def run_validators(self, value: Any) -> None:
        """The lines have been looked at one by one."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)


class CodesField(forms.MultipleChoiceField):
    """Several codes of one closed list, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, choices: Iterable[tuple[str, Any]], **options: Any) -> None:
        super().__init__(choices=list(choices), **options)


class TrainingField(LinesField):
    """The training a mission asks for, one per line, « (obligatoire) » at the end if it is."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(
            row["name"] + (" (obligatoire)" if row.get("required") else "") for row in value
        )

    def clean(self, value: Any) -> Any:
        return [
            {"name": _REQUIRED.sub("", line), "required": bool(_REQUIRED.search(line))}
            for line in super().clean(value)
        ]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "").split("\n") != self.to_python(data)


class FactsField(LinesField):
    """Figures with their names, « nom : valeur » on each line."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return "\n".join(f"{name} : {figure}" for name, figure in value.items())

    def clean(self, value: Any) -> Any:
        facts: dict[str, Any] = {}
        for line in super().clean(value):
            name, separator, figure = (part.strip() for part in line.partition(":"))
            if not separator or not name or not figure:
                raise ValidationError(f"« {line} » : la forme est « nom : valeur ».")
            if name in facts:
                raise ValidationError(f"« {name} » est donné deux fois.")
            facts[name] = int(figure) if _WHOLE.match(figure) else figure
        return facts

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "").split("\n") != self.to_python(data)


class RichTextField(ProseEditorFormField):
    """Rich text, cleaned on the way in; too long or too deep is refused with a sentence."""

    def __init__(self, *, widget: Any = EditorWidget, **options: Any) -> None:
        options.pop("max_length", None)
        super().__init__(config={"extensions": dict(EDITOR)}, widget=widget, **options)

    def clean(self, value: Any) -> str:
        return html_clean(super().clean(value) or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """The editor writes the same text with other spaces: that is no change."""
        try:
            return html_clean(data or "") != (initial or "")
        except ValidationError:
            return True
