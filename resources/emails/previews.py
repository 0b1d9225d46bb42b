"""What the portal writes to a person asked to read a text over."""

from __future__ import annotations

from cops.formats import date_fr
from cops.mail import queue
from resources.models import PreviewLink


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
