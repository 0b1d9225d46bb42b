"""Small made data for the pages of words: terms, a quiz, arguments."""

from typing import Any

from cops.formats import sort_key
from resources.enums import Basis, QuizAnswer, TermCategory
from resources.models import Argument, ArgumentSet, Quiz, QuizStatement, Term


def term(slug: str, name: str, **fields: Any) -> Term:
    """A term kept in the database."""
    made = unsaved_term(slug, name, **fields)
    made.save()
    return made


def unsaved_term(slug: str, name: str, **fields: Any) -> Term:
    values = {
        "category": TermCategory.ACTEURS,
        "definition": f"Ce que l’on entend par {name}.",
        "basis": Basis.LEXIQUE,
        "sort_key": sort_key(name),
    }
    return Term(slug=slug, term=name, **{**values, **fields})


def quiz(slug: str = "notions", answers: str = "vfd", **fields: Any) -> Quiz:
    """A quiz whose statements have the answers given as letters."""
    kinds = {"v": QuizAnswer.VRAI, "f": QuizAnswer.FAUX, "d": QuizAnswer.A_DEBATTRE}
    made = Quiz.objects.create(slug=slug, title="Les notions", intro="Des affirmations.", **fields)
    for number, letter in enumerate(answers, start=1):
        QuizStatement.objects.create(
            quiz=made,
            position=number,
            code=f"q{number}",
            statement=f"Affirmation numéro {number}.",
            answer=kinds[letter],
            explanation=f"Explication numéro {number}.",
        )
    return made


def arguments(slug: str = "mots", **fields: Any) -> ArgumentSet:
    """A set with one argument."""
    made = ArgumentSet.objects.create(
        slug=slug,
        title="Des mots pour le dire",
        intro="Trois argumentaires.",
        method=["Choisir une situation.", "La reformuler."],
        common_situation="Un parcours entre la ville et l’hôpital.",
        common_vigilance="Parler la langue de l’autre.",
        **fields,
    )
    Argument.objects.create(
        set=made,
        code="direction",
        audience="direction",
        label="Pour une direction",
        situation="Vous voulez convaincre.",
        reformulation="Et si tout allait mieux ?",
        solution=["Associer un usager."],
        benefits=["Des soins plus sûrs.", "Un établissement plus attractif."],
        personal_value=["Un climat plus serein."],
        examples=["Raconter une pratique."],
        engaging_question=["Par quoi commencer ?"],
        vigilance=["Parler qualité."],
        editorial=["vigilance"],
    )
    return made
