"""The library's mails; each a typed function that writes one row of the outbox."""

from resources.emails.experiences import (
    bearer_message,
    ongoing_asked,
    proposal_accepted,
    proposal_link,
    proposal_published,
    proposal_received,
    proposal_refused,
    proposal_returned,
    reading_asked,
)
from resources.emails.previews import preview_invitation
from resources.emails.words import word_answer

__all__ = [
    "bearer_message",
    "ongoing_asked",
    "preview_invitation",
    "proposal_accepted",
    "proposal_link",
    "proposal_published",
    "proposal_received",
    "proposal_refused",
    "proposal_returned",
    "reading_asked",
    "word_answer",
]
