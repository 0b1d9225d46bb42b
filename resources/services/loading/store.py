"""What the loader writes and reads back: references, lexicon, quiz, arguments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from cops.content.reading import Item
from cops.content.sources import Lookup
from resources.models import (
    Argument,
    ArgumentSet,
    Quiz,
    QuizStatement,
    Reference,
    Term,
)
from resources.services.lexicon import terms_write
from resources.services.meetings import arguments_index, quiz_index

TERM_FIELDS = (
    "slug", "term", "acronym", "category", "definition", "falc", "synonyms", "preferred",
    "instead_of", "basis",
)  # fmt: skip
REFERENCE_FIELDS = (
    "key", "type", "authors", "year", "title", "journal", "publisher", "details", "url", "note",
)  # fmt: skip
QUIZ_FIELDS = ("slug", "title", "intro", "usage", "origin", "event")
STATEMENT_FIELDS = ("code", "statement", "answer", "explanation")
SET_FIELDS = (
    "slug", "title", "intro", "origin", "event", "editorial_note", "common_situation",
    "common_vigilance", "method",
)  # fmt: skip
ARGUMENT_FIELDS = (
    "code", "audience", "label", "situation", "reformulation", "solution", "benefits",
    "personal_value", "examples", "engaging_question", "vigilance", "editorial",
)  # fmt: skip


# --- references


def references_save(items: list[Item], lookup: Lookup) -> dict[str, int]:
    found = {}
    for item in items:
        pk = lookup("resources.reference", item.slug) or 0
        reference = Reference.objects.filter(pk=pk).first() or Reference()
        _assign(reference, item.data, REFERENCE_FIELDS)
        reference.save()
        found[item.slug] = reference.pk
    return found


def references_state(pks: Iterable[int]) -> dict[int, Any]:
    return {
        reference.pk: {name: getattr(reference, name) for name in REFERENCE_FIELDS}
        for reference in Reference.objects.filter(pk__in=list(pks))
    }


def references_find(slugs: Iterable[str]) -> dict[str, int]:
    return dict(Reference.objects.filter(key__in=list(slugs)).values_list("key", "pk"))


def references_archive(pks: list[int]) -> None:
    """A reference has no page of its own: it goes when nothing cites it, else it stays."""
    Reference.objects.filter(pk__in=pks, defines=None, listed_in=None).delete()


# --- terms


def terms_save(items: list[Item], lookup: Lookup) -> dict[str, int]:
    pks = {item.slug: lookup("resources.term", item.slug) for item in items}
    existing = Term.objects.in_bulk([pk for pk in pks.values() if pk])
    terms = []
    for item in items:
        term = existing.get(pks[item.slug] or 0) or Term()
        _assign(term, item.data, (*TERM_FIELDS, "unmarked"))
        term.falc_reviewed_on = item.data["falc_reviewed_on"]
        term.archived_at = None
        terms.append(term)
    terms_write(terms)
    found = {item.slug: term.pk for item, term in zip(items, terms, strict=True)}

    def pk_of(slug: str) -> int | None:
        return found.get(slug) or lookup("resources.term", slug)

    for item, term in zip(items, terms, strict=True):
        term.see_also.set(filter(None, (pk_of(slug) for slug in item.data["see_also"])))
        sources = (lookup("resources.reference", key) for key in item.data["sources"])
        term.sources.set(filter(None, sources))
    return found


def terms_state(pks: Iterable[int]) -> dict[int, Any]:
    terms = Term.objects.filter(pk__in=list(pks)).prefetch_related("see_also", "sources")
    return {
        term.pk: {name: getattr(term, name) for name in TERM_FIELDS}
        | {
            # Only where there are some: a portal loaded before they existed knows its terms again.
            **({"unmarked": term.unmarked} if term.unmarked else {}),
            "falc_reviewed_on": str(term.falc_reviewed_on),
            "archived": term.archived_at is not None,
            "see_also": sorted(other.pk for other in term.see_also.all()),
            "sources": sorted(reference.pk for reference in term.sources.all()),
        }
        for term in terms
    }


def terms_find(slugs: Iterable[str]) -> dict[str, int]:
    return dict(Term.objects.filter(slug__in=list(slugs)).values_list("slug", "pk"))


def terms_archive(pks: list[int]) -> None:
    terms = list(Term.objects.filter(pk__in=pks))
    for term in terms:
        term.archived_at = timezone.now()
    terms_write(terms)


# --- quiz


def quizzes_save(items: list[Item], lookup: Lookup) -> dict[str, int]:
    found = {}
    for item in items:
        pk = lookup("resources.quiz", item.slug) or 0
        quiz = Quiz.objects.filter(pk=pk).first() or Quiz()
        _assign(quiz, item.data, QUIZ_FIELDS)
        quiz.archived_at = None
        quiz.save()
        rows = item.data["statements"]
        quiz.statements.exclude(code__in=[row["code"] for row in rows]).delete()
        for position, row in enumerate(rows):
            statement = quiz.statements.filter(code=row["code"]).first() or QuizStatement(quiz=quiz)
            _assign(statement, row, STATEMENT_FIELDS)
            statement.position = position
            statement.resource_id = lookup("resources.resource", row["resource"])
            statement.save()
            terms = (lookup("resources.term", slug) for slug in row["lexicon"])
            statement.terms.set(filter(None, terms))
        quiz_index(quiz)
        found[item.slug] = quiz.pk
    return found


def quizzes_state(pks: Iterable[int]) -> dict[int, Any]:
    quizzes = Quiz.objects.filter(pk__in=list(pks)).prefetch_related("statements__terms")
    return {
        quiz.pk: {name: getattr(quiz, name) for name in QUIZ_FIELDS}
        | {
            "archived": quiz.archived_at is not None,
            "statements": [
                {name: getattr(row, name) for name in STATEMENT_FIELDS}
                | {
                    "position": row.position,
                    "resource": row.resource_id,
                    "terms": sorted(term.pk for term in row.terms.all()),
                }
                for row in quiz.statements.all()
            ],
        }
        for quiz in quizzes
    }


def quizzes_find(slugs: Iterable[str]) -> dict[str, int]:
    return dict(Quiz.objects.filter(slug__in=list(slugs)).values_list("slug", "pk"))


def quizzes_archive(pks: list[int]) -> None:
    for quiz in Quiz.objects.filter(pk__in=pks).order_by("pk"):
        quiz.archived_at = timezone.now()
        quiz.save(update_fields=["archived_at", "changed_at"])
        quiz_index(quiz)


# --- arguments


def arguments_save(items: list[Item], lookup: Lookup) -> dict[str, int]:
    found = {}
    for item in items:
        pk = lookup("resources.argument_set", item.slug) or 0
        group = ArgumentSet.objects.filter(pk=pk).first() or ArgumentSet()
        _assign(group, item.data, SET_FIELDS)
        group.archived_at = None
        group.save()
        rows = item.data["pitches"]
        group.arguments.exclude(code__in=[row["code"] for row in rows]).delete()
        for position, row in enumerate(rows):
            argument = group.arguments.filter(code=row["code"]).first() or Argument(set=group)
            _assign(argument, row, ARGUMENT_FIELDS)
            argument.position = position
            argument.resource_id = lookup("resources.resource", row["resource"])
            argument.save()
        arguments_index(group)
        found[item.slug] = group.pk
    return found


def arguments_state(pks: Iterable[int]) -> dict[int, Any]:
    groups = ArgumentSet.objects.filter(pk__in=list(pks)).prefetch_related("arguments")
    return {
        group.pk: {name: getattr(group, name) for name in SET_FIELDS}
        | {
            "archived": group.archived_at is not None,
            "pitches": [
                {name: getattr(row, name) for name in ARGUMENT_FIELDS}
                | {"position": row.position, "resource": row.resource_id}
                for row in group.arguments.all()
            ],
        }
        for group in groups
    }


def arguments_find(slugs: Iterable[str]) -> dict[str, int]:
    return dict(ArgumentSet.objects.filter(slug__in=list(slugs)).values_list("slug", "pk"))


def arguments_archive(pks: list[int]) -> None:
    for group in ArgumentSet.objects.filter(pk__in=pks).order_by("pk"):
        group.archived_at = timezone.now()
        group.save(update_fields=["archived_at", "changed_at"])
        arguments_index(group)


def _assign(obj: Any, data: dict[str, Any], names: Iterable[str]) -> None:
    for name in names:
        setattr(obj, name, data[name])
