"""The quiz and the arguments: saved, put away, found by the search."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from cops.pagecache import raise_version
from cops.search import entries_remove, entries_replace
from resources.models import Argument, ArgumentSet, Quiz, QuizStatement
from resources.services.indexing import (
    arguments_drafts,
    arguments_source,
    quiz_drafts,
    quiz_source,
)


@transaction.atomic
def quiz_save(*, quiz: Quiz) -> Quiz:
    """Save the quiz itself; call ``quiz_update`` once its statements are saved."""
    quiz.full_clean()
    quiz.save()
    return quiz


@transaction.atomic
def statement_save(*, statement: QuizStatement) -> QuizStatement:
    """Save one statement of a quiz. Raises ValidationError."""
    statement.full_clean(exclude=["quiz"])
    statement.save()
    return statement


@transaction.atomic
def quiz_update(*, quiz: Quiz) -> Quiz:
    """After a change of the quiz or of its statements: index and pages follow."""
    quiz_index(quiz)
    raise_version()
    return quiz


@transaction.atomic
def quiz_archive(*, quiz: Quiz) -> Quiz:
    """Take a quiz out of view."""
    quiz.archived_at = quiz.archived_at or timezone.now()
    quiz.save(update_fields=["archived_at", "changed_at"])
    return quiz_update(quiz=quiz)


@transaction.atomic
def quiz_restore(*, quiz: Quiz) -> Quiz:
    """Put a quiz back on view."""
    quiz.archived_at = None
    quiz.save(update_fields=["archived_at", "changed_at"])
    return quiz_update(quiz=quiz)


@transaction.atomic
def arguments_save(*, group: ArgumentSet) -> ArgumentSet:
    """Save the set itself; call ``arguments_update`` once its arguments are saved."""
    group.full_clean()
    group.save()
    return group


@transaction.atomic
def argument_save(*, argument: Argument) -> Argument:
    """Save the argument for one audience. Raises ValidationError."""
    argument.full_clean(exclude=["set"])
    argument.save()
    return argument


@transaction.atomic
def arguments_update(*, group: ArgumentSet) -> ArgumentSet:
    """After a change of the set or of its arguments: index and pages follow."""
    arguments_index(group)
    raise_version()
    return group


@transaction.atomic
def arguments_archive(*, group: ArgumentSet) -> ArgumentSet:
    """Take a set of arguments out of view."""
    group.archived_at = group.archived_at or timezone.now()
    group.save(update_fields=["archived_at", "changed_at"])
    return arguments_update(group=group)


@transaction.atomic
def arguments_restore(*, group: ArgumentSet) -> ArgumentSet:
    """Put a set of arguments back on view."""
    group.archived_at = None
    group.save(update_fields=["archived_at", "changed_at"])
    return arguments_update(group=group)


def quiz_index(quiz: Quiz) -> None:
    """Bring the search index to the quiz as it is."""
    if quiz.archived_at is not None:
        entries_remove(quiz_source(quiz.pk))
    else:
        entries_replace(quiz_source(quiz.pk), quiz_drafts(quiz))


def arguments_index(group: ArgumentSet) -> None:
    """Bring the search index to the set as it is."""
    if group.archived_at is not None:
        entries_remove(arguments_source(group.pk))
    else:
        entries_replace(arguments_source(group.pk), arguments_drafts(group))
