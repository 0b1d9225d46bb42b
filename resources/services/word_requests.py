"""Words that readers miss in the lexicon, and what the team answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cops.audit import record
from cops.formats import sort_key, unaccent
from resources import emails
from resources.enums import Basis, WordState
from resources.models import Term, WordRequest
from resources.models.fields import RESERVED_SLUGS
from resources.services.lexicon import term_save
from resources.services.matching import own_forms
from resources.services.rendering import anchor_make

ANSWERED = "word_request.answered"
# What was answered says nothing more; what nobody answered should not wait for ever either.
ANSWERED_DAYS = 365
UNANSWERED_DAYS = 365


def term_named(word: str) -> Term | None:
    """The term on view that has this name, this sigle or this synonym, however it is written."""
    asked = word_key(word)
    if not asked:
        return None
    for term in Term.objects.public():
        if asked in {word_key(form) for form in [*own_forms(term), *term.synonyms]}:
            return term
    return None


def word_key(word: str) -> str:
    """The same for « Pair-aidance » and « la pair aidance »; a word of signs alone is itself."""
    return (sort_key(word) or unaccent(word))[: WordRequest.WORD_LENGTH]


def word_request_add(*, word: str, context: str = "", email: str = "") -> WordRequest:
    """Keep a word that somebody misses; the same, not answered yet, is kept once."""
    asked, _ = WordRequest.objects.get_or_create(
        key=word_key(word),
        email=email,
        state=WordState.RECEIVED,
        defaults={"word": word, "context": context, "received_on": timezone.localdate()},
    )
    return asked


@transaction.atomic
def word_request_add_term(
    *, request: WordRequest, word: str, category: str, definition: str, by: Any
) -> Term:
    """« Ajouté »: a term to finish, not on view yet, and the answer to who asked.

    Raises ValidationError when the term cannot be saved, or when somebody answered before.
    """
    locked = _locked(request)
    taken = {*RESERVED_SLUGS, *Term.objects.values_list("slug", flat=True)}
    term = Term(
        term=word,
        slug=anchor_make(word, taken),
        category=category,
        definition=definition,
        basis=Basis.EDITORIAL,
        # Not on view before the team has read its definition again.
        archived_at=timezone.now(),
    )
    term_save(term=term)
    _answer(locked, WordState.ADDED, by, term=term)
    return term


@transaction.atomic
def word_request_point(*, request: WordRequest, term: Term, by: Any) -> None:
    """« Existe déjà »: the answer leads to the term. Raises ValidationError."""
    if term.archived_at is not None:
        raise ValidationError("Ce terme n’est pas à l’affiche : personne ne pourrait le lire.")
    _answer(_locked(request), WordState.KNOWN, by, term=term)


@transaction.atomic
def word_request_decline(*, request: WordRequest, reason: str, by: Any) -> None:
    """« Pas retenu », with the reason that is sent. Raises ValidationError without one."""
    if not reason:
        raise ValidationError("Dites pourquoi : la personne lira cette raison.")
    _answer(_locked(request), WordState.DECLINED, by, reply=reason)


def word_requests_erase_old(limit: int = 1_000) -> int:
    """Erase at most ``limit`` requests past their time, with their address; gives how many."""
    today = timezone.localdate()
    old = Q(answered_on__lt=today - timedelta(days=ANSWERED_DAYS)) | Q(
        state=WordState.RECEIVED, received_on__lt=today - timedelta(days=UNANSWERED_DAYS)
    )
    chosen = WordRequest.objects.filter(old).order_by("pk").values("pk")[:limit]
    erased, _ = WordRequest.objects.filter(pk__in=chosen).delete()
    return erased


def _locked(request: WordRequest) -> WordRequest:
    locked = WordRequest.objects.select_for_update().get(pk=request.pk)
    if locked.state != WordState.RECEIVED:
        raise ValidationError(
            "Quelqu’un de l’équipe a déjà répondu à cette demande.", code="answered"
        )
    return locked


def _answer(
    request: WordRequest, state: WordState, by: Any, *, term: Term | None = None, reply: str = ""
) -> None:
    """Close the request; whoever left an address is written to, and the address goes."""
    request.state = state
    request.term = term
    request.reply = reply
    request.answered_on = timezone.localdate()
    if request.email:
        emails.word_answer(request)
    # The address was given for one answer: it has left with it.
    request.email = ""
    request.save(update_fields=["state", "term", "reply", "answered_on", "email"])
    record(by, ANSWERED, request, {"state": [WordState.RECEIVED.value, state.value]})
