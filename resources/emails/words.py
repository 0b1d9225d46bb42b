"""The mails of the library: each a function that writes one row of the outbox."""

from __future__ import annotations

from django.conf import settings

from cops.formats import date_fr
from cops.http.addresses import address
from cops.mail import queue
from resources.models import PreviewLink, WordRequest

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


def preview_invitation(link: PreviewLink, *, url: str, words: str) -> None:
    """The secret address of a preview, to the person asked to read it.

    ``words``: what the team adds for this person; may be empty.
    """
    queue(
        to=link.email,
        template="resources/emails/preview_invitation",
        context={
            "title": link.resource.title,
            "address": url,
            "until": date_fr(link.expires_at),
            "words": words,
            "sender": str(link.created_by or ""),
        },
        category="preview",
        dedupe_key=f"resources.preview:{link.pk}",
    )
