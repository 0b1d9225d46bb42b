"""The mails of the library: each a function that writes one row of the outbox."""

from __future__ import annotations

from django.conf import settings

from cops.http.addresses import address
from cops.mail import queue
from resources.models import WordRequest

CATEGORY = "resources"


def word_answer(request: WordRequest) -> None:
    """What became of the word that somebody proposed; once, whatever happens."""
    term = request.term
    queue(
        to=request.email,
        template="resources/emails/word_answer",
        context={
            "word": request.word,
            "state": request.state,
            "reason": request.reply,
            "term": term,
            "term_url": settings.SITE_ORIGIN + term.get_absolute_url() if term else "",
            "lexicon_url": settings.SITE_ORIGIN + address("resources:lexicon"),
        },
        category=CATEGORY,
        dedupe_key=f"resources.word_request.{request.pk}",
    )
