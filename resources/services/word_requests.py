"""Words that readers miss in the lexicon, and what the team answers."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cops.formats import sort_key, unaccent
from resources.enums import WordState
from resources.models import Term, WordRequest
from resources.services.matching import own_forms, synonym_forms

# What was answered says nothing more; what nobody answered should not wait for ever either.
ANSWERED_DAYS = 365
UNANSWERED_DAYS = 365


def term_named(word: str) -> Term | None:
    """The term on view that has this name, this sigle or this synonym, however it is written."""
    asked = word_key(word)
    if not asked:
        return None
    for term in Term.objects.public():
        if asked in {word_key(form) for form in [*own_forms(term), *synonym_forms(term)]}:
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


def word_requests_erase_old() -> int:
    """Erase the requests past their time, with their address. Gives the number of rows."""
    today = timezone.localdate()
    answered = WordRequest.objects.filter(answered_on__lt=today - timedelta(days=ANSWERED_DAYS))
    waiting = WordRequest.objects.filter(
        state=WordState.RECEIVED, received_on__lt=today - timedelta(days=UNANSWERED_DAYS)
    )
    return sum(rows.delete()[0] for rows in (answered, waiting))
