"""What may not be on view is refused beside its field, in the forms of what is on view."""

from __future__ import annotations

from typing import Any

from django.forms.models import BaseInlineFormSet

from resources.enums import Status, Variant
from resources.services.rules import decorative_among, html_faults, media_faults


class _OnView(BaseInlineFormSet):
    """The forms that stay, when their resource is published; a draft may hold what it will."""

    def resource(self) -> Any:
        return self.instance

    def kept(self) -> list[Any]:
        if any(self.errors) or getattr(self.resource(), "status", "") != Status.PUBLISHED:
            return []
        return [
            form
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE", False)
        ]


class SectionFormSet(_OnView):
    def clean(self) -> None:
        super().clean()
        kept = self.kept()
        if kept and not any(f.cleaned_data["variant"] == Variant.STANDARD for f in kept):
            kept[0].add_error("variant", "Une ressource sans texte ne peut pas être publiée.")
        decorative = decorative_among(form.cleaned_data["source_html"] for form in kept)
        firsts: set[str] = set()
        for form in sorted(kept, key=lambda form: form.cleaned_data["position"] or 0):
            words = form.cleaned_data
            if words["variant"] not in firsts and words["level"] != 2:
                form.add_error("level", "La première section d’un texte est de niveau 2.")
            firsts.add(words["variant"])
            for message in html_faults(
                words["source_html"], level=words["level"], decorative=decorative
            ):
                form.add_error("source_html", f"{message[0].upper()}{message[1:]}.")


class StepFormSet(_OnView):
    def resource(self) -> Any:
        return self.instance.section.resource if self.instance.section_id else None

    def clean(self) -> None:
        super().clean()
        kept = self.kept()
        lanes = ("partner_html", "professional_html", "actions_html")
        decorative = decorative_among(form.cleaned_data[name] for form in kept for name in lanes)
        for form in kept:
            for name in lanes:
                html = form.cleaned_data[name]
                for message in html_faults(html, level=None, decorative=decorative):
                    form.add_error(name, f"{message[0].upper()}{message[1:]}.")


class MediaFormSet(_OnView):
    def clean(self) -> None:
        super().clean()
        kept = self.kept()
        decorative = decorative_among(form.cleaned_data["transcript_html"] for form in kept)
        for form in kept:
            title, html = (form.cleaned_data[name] for name in ("title", "transcript_html"))
            for fault in media_faults(title, html, decorative=decorative):
                message = f"{fault.message[0].upper()}{fault.message[1:]}."
                form.add_error("transcript_html", message)
