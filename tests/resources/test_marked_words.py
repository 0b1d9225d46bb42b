"""What the lexicon of the starting content underlines in a sentence, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from cops.content.reading import Reading
from resources.models import Term
from resources.services.loading.lexicon import terms_read
from resources.services.matching import TermMatcher


@pytest.fixture(scope="module")
def matcher() -> TermMatcher:
    items = terms_read(Path(settings.ROOT) / "resources/content", Reading(root=settings.ROOT))
    names = ("slug", "term", "acronym", "synonyms", "unmarked")
    return TermMatcher(
        Term(pk=number, **{name: item.data[name] for name in names})
        for number, item in enumerate(items, start=1)
    )


def marked(matcher: TermMatcher, text: str) -> list[tuple[str, str]]:
    return [(form.slug, text[start:end]) for start, end, form in matcher.find(text, set())]


@pytest.mark.parametrize(
    "text",
    [
        "Face à quelqu’un qui a traversé des choses proches.",
        "Construire, puis le faire vivre avec elle.",
        "S’entraider entre personnes vivant des situations proches.",
        "Des soins plus proches de ses besoins réels.",
        "Dans les services de Soins Médicaux et de Réadaptation, en libéral.",
        "Vous présentez le projet pédagogique, les règles de l’école.",
        "Savoir transmettre et aimer le travail collectif.",
        "Favoriser l’entraide et le partage d’expériences.",
        "Les compétences pour mieux vivre avec sa maladie.",
        # Found alike in the library.
        "Il est d’aller vers un bien-être social.",
        "Une relation de soin améliorée.",
        "En matière de droits des patients.",
        "Le référentiel « Les compétences pour agir ensemble ».",
        "Une exigence éthique.",
        "Réduction des risques pour usagers de drogues.",
        "Centres et instituts de formation : aides-soignants.",
        "L’Organisation Mondiale de la Santé.",
        "Après un jeu, une mise en situation.",
        "Tenir compte du parcours de vie.",
        "Défendre des démarches participatives.",
    ],
)
def test_words_that_say_something_else_are_left_alone(matcher, text):
    assert marked(matcher, text) == []


@pytest.mark.parametrize(
    ("text", "slug", "words"),
    [
        ("Des proches aidants.", "proche-aidant", "proches aidants"),
        ("Son proche-aidant.", "proche-aidant", "proche-aidant"),
        ("Un patient acteur.", "patient-partenaire", "patient acteur"),
        ("Les patients partenaires.", "patient-partenaire", "patients partenaires"),
        ("Ce que « vivre avec » recouvre.", "vivre-avec", "vivre avec"),
        ("Vivre avec une maladie chronique.", "vivre-avec", "Vivre avec une maladie chronique"),
        ("Leur vie avec la maladie.", "vivre-avec", "vie avec la maladie"),
        ("La manière d’« aller vers » les usagers.", "aller-vers", "aller vers"),
        ("Les soins cliniques.", "soins-cliniques", "soins cliniques"),
        ("Le projet d’établissement.", "projet-d-etablissement", "projet d’établissement"),
        ("L’intelligence collective.", "intelligence-collective", "intelligence collective"),
        ("Un groupe d’échange.", "groupe-de-parole", "groupe d’échange"),
        ("Leur qualité de vie.", "qualite-de-vie", "qualité de vie"),
        ("Une réflexion éthique.", "questionnement-ethique", "réflexion éthique"),
        ("Les usagers.", "usager-du-systeme-de-sante", "usagers"),
        ("Des médiateurs en santé pairs.", "mediateur-sante-pair", "médiateurs en santé pairs"),
        ("Une meilleure santé.", "sante", "santé"),
    ],
)
def test_words_of_the_lexicon_are_marked(matcher, text, slug, words):
    assert marked(matcher, text)[0] == (slug, words)
