"""`/composants/`: every component in every state, for designers and for the browser tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cops.charts.palette import AXES
from cops.charts.wheel import wheel_svg

LONG = "Anticonstitutionnellement-interdépartementalo-psychopédagogiquement"
SCORES = [3, 4, 2, 2, 3, 3, 1, 3, 0, None, 2, 1]


class ContactExample(forms.Form):
    """A form that sends nothing: it shows how fields look, empty and in error."""

    email = forms.EmailField(
        max_length=254,
        label="Votre adresse électronique",
        help_text="Pour vous répondre, et pour rien d’autre. Par exemple : prenom.nom@exemple.fr",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    message = forms.CharField(label="Votre message", widget=forms.Textarea(attrs={"rows": 4}))
    phone = forms.CharField(label="Votre téléphone", required=False, max_length=20)
    department = forms.ChoiceField(
        label="Votre département", choices=[("34", "Hérault"), ("81", "Tarn")], required=False
    )
    role = forms.ChoiceField(
        label="Vous êtes",
        choices=[("patient", "Patient ou proche"), ("pro", "Professionnel")],
        widget=forms.RadioSelect,
    )
    copy = forms.BooleanField(label="Recevoir une copie", required=False)


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    """Only in the demonstration: production has nothing to show there."""
    if not settings.DEMONSTRATION:
        raise Http404
    return render(request, "cops/pages/components.html", _context())


def _context() -> dict[str, Any]:
    wrong = ContactExample(
        {"faux-email": "prenom.nom", "faux-phone": "06 00 00 00 00 00 00 00 00"}, prefix="faux"
    )
    wrong.is_valid()
    return {
        "crumbs": [("Accueil", "/"), ("Composants", None)],
        "axes": AXES,
        "cards": _cards(),
        "chips": [
            {"label": "Type : fiche « Agir ! »", "url": "?"},
            {"label": "Domaine : éducation thérapeutique", "url": "?"},
            {"label": LONG, "url": "?"},
        ],
        "facets": _facet_options(),
        "page": Paginator(range(300), 20).page(7),
        "form": ContactExample(prefix="vide"),
        "wrong": wrong,
        "figure": wheel_svg(SCORES, title="Roue d’exemple", uid="roue-exemple", labels="letters"),
        "columns": ["Critère", "Niveau, de 0 à 4"],
        "rows": _rows(),
        "steps": ["Vous", "Votre projet", "Relire et envoyer"],
        "versions": [("Texte de la fiche", "?", True), ("Facile à lire", "?v=falc", False)],
        "tries": ["Retirez un filtre.", "Essayez un mot plus court, ou un autre mot."],
        "links": [("Voir toutes les ressources", "?"), ("Ouvrir le lexique", "?")],
        "site_origin": settings.SITE_ORIGIN,
        "long": LONG,
    }


def _cards() -> list[dict[str, Any]]:
    return [
        {
            "kind": "Fiche-mission",
            "number": 2,
            "title": "Éducation thérapeutique du patient",
            "url": "?",
            "summary": "Concevoir, animer et évaluer un programme à plusieurs.",
            "topics": ["Éducation thérapeutique", "Soins cliniques"],
            "date": date(2026, 11, 1),
            "falc": True,
            "pdf_pages": 4,
            "pdf_size": 180_000,
        },
        {
            "kind": "Extrait",
            "title": "Les conditions de réussite",
            "url": "?",
            "parent": "Agir ! pour le partenariat dans un groupe de travail",
            "summary": "Chacun prend sa place, personne ne parle à la place d’un autre.",
        },
        {
            "title": f"Un titre très long, avec un mot sans fin : {LONG}",
            "url": "?",
            "summary": LONG,
        },
    ]


def _facet_options() -> list[dict[str, Any]]:
    return [
        {"value": "agir", "label": "Fiche « Agir ! »", "count": 5, "checked": True},
        {"value": "mission", "label": "Fiche-mission", "count": 7, "checked": False},
        {"value": "long", "label": LONG, "count": 1240, "checked": False},
    ]


def _rows() -> list[list[str | int]]:
    return [
        [f"{axis.label}, critère {rank + 1}", "non concerné" if score is None else score]
        for axis, begin in zip(AXES, range(0, 12, 3), strict=True)
        for rank, score in enumerate(SCORES[begin : begin + 3])
    ]
