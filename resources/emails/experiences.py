"""What the portal writes about a remarkable experience: to its bearer, to its readers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cops.mail import queue
from cops.secrets import digest, random_name
from resources.models import OngoingQuestion, Proposal, ProposalReading

CATEGORY = "experiences"


def _trace(text: str) -> str:
    """In a key that outlives the mail: neither a secret nor an address can be read there."""
    return digest(text, purpose="resources.experience.mail")[:32]


def proposal_received(proposal: Proposal, secret: str) -> None:
    """The acknowledgement: it arrived, what happens next, and the link when it is known."""
    link = _own_page(secret) if secret else ""
    _to_bearer(proposal, "received", f"{proposal.pk}:{proposal.sent_at}", link=link)


def proposal_returned(proposal: Proposal, secret: str) -> None:
    """Something is missing: what, and the link to add it."""
    _to_bearer(proposal, "returned", _trace(secret), link=_own_page(secret))


def proposal_refused(proposal: Proposal) -> None:
    """No, and why."""
    _to_bearer(proposal, "refused", f"{proposal.pk}")


def proposal_accepted(proposal: Proposal) -> None:
    """Yes: the team prepares the sheet."""
    _to_bearer(proposal, "accepted", f"{proposal.pk}")


def proposal_published(proposal: Proposal) -> None:
    """The sheet is on view: where."""
    if proposal.resource is None:
        return
    link = settings.SITE_ORIGIN + proposal.resource.get_absolute_url()
    _to_bearer(proposal, "published", f"{proposal.pk}", link=link)


def proposal_link(proposal: Proposal, secret: str, *, to: str) -> None:
    """The bearer's own link, at their request; the address is kept for nothing else."""
    # Once a day and per address: who mistyped it asks again with the right one.
    key = f"{proposal.pk}:{_trace(to.lower())}:{timezone.localdate()}"
    _queue(proposal, to, "link", key, {"link": _own_page(secret)})


def reading_asked(reading: ProposalReading, secret: str) -> None:
    """Somebody is asked to read and mark."""
    link = settings.SITE_ORIGIN + reverse("resources:proposal_reading", args=[secret])
    context = {"link": link, "reading": reading, "until": reading.expires_at}
    _queue(reading.proposal, reading.reader_email, "reading", _trace(secret), context)


def ongoing_asked(question: OngoingQuestion, secret: str) -> None:
    """« Toujours en cours ? »: one page, two buttons."""
    link = settings.SITE_ORIGIN + reverse("resources:ongoing", args=[secret])
    _to_bearer(question.proposal, "ongoing", f"{question.pk}", link=link)


def bearer_message(proposal: Proposal, *, name: str, email: str, message: str) -> None:
    """A visitor writes to the bearer, who answers from their own mail if they wish."""
    context = {
        "sender_name": name,
        "sender_email": email,
        "message": message,
        "team_email": settings.SITE["email"],
    }
    _queue(proposal, proposal.contact_email, "message", random_name(), context, reply_to=email)


def _own_page(secret: str) -> str:
    return settings.SITE_ORIGIN + reverse("resources:proposal", args=[secret])


def _to_bearer(proposal: Proposal, template: str, key: str, **context: Any) -> None:
    if proposal.contact_email:  # forgotten since, or erased at their request
        _queue(proposal, proposal.contact_email, template, key, context)


def _queue(
    proposal: Proposal,
    to: str,
    template: str,
    key: str,
    context: dict[str, Any],
    reply_to: str = "",
) -> None:
    queue(
        to=to,
        template=f"resources/emails/experience_{template}",
        context={"proposal": proposal, **context},
        category=CATEGORY,
        dedupe_key=f"resources.experience.{template}:{key}",
        reply_to=reply_to,
    )
