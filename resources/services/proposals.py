"""A remarkable experience: written in steps, sent, read twice, then kept or answered why not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.html import escape

from cops import audit
from cops.secrets import digest, digests, random_name
from resources import emails
from resources.enums import PROPOSAL_TRANSITIONS, Kind, ProposalState
from resources.models import Proposal, Resource
from resources.services.publishing import resource_save
from resources.services.rendering import sections_render
from resources.services.sections import SectionDraft, sections_replace
from resources.services.slugs import free_slug

PURPOSE = "resources.proposal"

# What must be told before sending, and the question as its bearer read it.
NEEDED = ("title", "bearer_kind", "topics", "need", "people", "method", "effects", "contact_email")
# The sections of the sheet made from a proposal, in their order.
CHAPTERS = (
    ("need", "Le besoin"),
    ("people", "Qui agit ensemble"),
    ("method", "Comment cela se passe"),
    ("time", "Le temps"),
    ("means", "Les moyens"),
    ("effects", "Les effets"),
    ("limits", "Les limites"),
    ("advice", "Nos conseils"),
)
SUMMARY = 300  # characters of the need that open the sheet, until the team writes better


def proposal_of(secret: str) -> Proposal | None:
    """The proposal that this link opens."""
    return Proposal.objects.filter(digest__in=digests(secret, purpose=PURPOSE)).first()


@transaction.atomic
def proposal_start(*, secret: str, fields: dict[str, Any], owner: Any = None) -> Proposal:
    """The draft of this secret: made at the first step, found again when the step is sent twice."""
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                digest=digest(secret, purpose=PURPOSE), owner=owner, **fields
            )
    except IntegrityError:
        found = proposal_of(secret)
        if found is None:
            raise
        return proposal_write(proposal=found, fields=fields)
    return proposal


@transaction.atomic
def proposal_write(*, proposal: Proposal, fields: dict[str, Any]) -> Proposal:
    """Keep what one step says. Raises ValidationError once the proposal is with the team."""
    locked = _locked(proposal)
    if locked.state != ProposalState.DRAFT:
        raise ValidationError(
            "Cette expérience est déjà envoyée : elle ne peut plus être modifiée.", code="sent"
        )
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=[*fields, "changed_at"])
    return locked


@transaction.atomic
def proposal_send(*, proposal: Proposal, agreed: bool, secret: str = "") -> Proposal:
    """Hand a finished draft over to the team; its bearer gets an acknowledgement.

    With the ``secret`` of its link, the acknowledgement leads back to the proposal.
    Raises ValidationError, field by field, for what is still missing.
    """
    locked = _locked(proposal)
    missing = {name: "Il manque une réponse." for name in NEEDED if not getattr(locked, name)}
    if not agreed:
        missing["agreed"] = "Sans votre accord, nous ne pouvons rien publier."
    if missing and locked.state == ProposalState.DRAFT:
        raise ValidationError(missing)
    now = timezone.now()
    _move(locked, ProposalState.SENT, sent_at=now, agreed_at=now, answer="")
    audit.record(None, "resources.proposal_sent", locked)
    emails.proposal_received(locked, secret)
    return locked


@transaction.atomic
def proposal_return(*, proposal: Proposal, actor: Any, answer: str) -> Proposal:
    """Give it back to its bearer, saying what is missing. Raises ValidationError."""
    locked = _locked(proposal)
    _move(locked, ProposalState.DRAFT, answer=_said(answer))
    audit.record(actor, "resources.proposal_returned", locked)
    emails.proposal_returned(locked, proposal_renew(proposal=locked))
    return locked


@transaction.atomic
def proposal_refuse(*, proposal: Proposal, actor: Any, answer: str) -> Proposal:
    """Answer no, with the reason: it is what the bearer reads. Raises ValidationError."""
    locked = _locked(proposal)
    _move(locked, ProposalState.REFUSED, answer=_said(answer), decided_at=timezone.now())
    audit.record(actor, "resources.proposal_refused", locked)
    emails.proposal_refused(locked)
    return locked


@transaction.atomic
def proposal_accept(*, proposal: Proposal, actor: Any) -> Resource:
    """Make its sheet, a draft that the team corrects and publishes. Raises ValidationError.

    Two readings are needed, one of a patient or carer and one of a professional.
    """
    locked = _locked(proposal)
    _check(locked, ProposalState.ACCEPTED)
    if locked.readings.filter(sent_at__isnull=False).count() < 2:
        raise ValidationError("Il manque une lecture : les deux sont nécessaires.", code="readings")
    resource = _sheet(locked)
    _move(locked, ProposalState.ACCEPTED, resource=resource, decided_at=timezone.now())
    audit.record(actor, "resources.proposal_accepted", locked)
    audit.record(actor, "resources.made_from_proposal", resource)
    emails.proposal_accepted(locked)
    return resource


@transaction.atomic
def proposal_withdraw(*, proposal: Proposal) -> Proposal:
    """Its bearer takes it back, before any decision; the team sees that it was withdrawn."""
    locked = _locked(proposal)
    _move(locked, ProposalState.WITHDRAWN, decided_at=timezone.now())
    audit.record(None, "resources.proposal_withdrawn", locked)
    return locked


def proposal_renew(*, proposal: Proposal) -> str:
    """A new secret for the bearer's link, the former one opens nothing any more."""
    secret = random_name()
    proposal.digest = digest(secret, purpose=PURPOSE)
    proposal.save(update_fields=["digest", "changed_at"])
    return secret


@transaction.atomic
def proposal_send_link(*, proposal: Proposal, actor: Any) -> None:
    """Send its bearer a new link, when the first one was lost. Raises ValidationError."""
    locked = _locked(proposal)
    if not locked.contact_email:
        raise ValidationError("Nous n’avons pas d’adresse pour écrire à cette personne.")
    audit.record(actor, "resources.proposal_link_renewed", locked)
    emails.proposal_link(locked, proposal_renew(proposal=locked), to=locked.contact_email)


@transaction.atomic
def proposals_tell_published() -> int:
    """Tell each bearer, once, that the sheet is on view; how many were told."""
    told = 0
    waiting = Proposal.objects.filter(
        state=ProposalState.ACCEPTED,
        published_told_at__isnull=True,
        resource__in=Resource.objects.public(),
    )
    for proposal in waiting.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:100]:
        proposal.published_told_at = timezone.now()
        proposal.save(update_fields=["published_told_at", "changed_at"])
        emails.proposal_published(proposal)
        told += 1
    return told


@transaction.atomic
def proposals_forget(*, drafts_after: timedelta, contacts_after: timedelta, limit: int) -> int:
    """Erase forgotten drafts, and who to join for what was not kept; how many rows changed."""
    now = timezone.now()
    drafts = Proposal.objects.filter(
        state=ProposalState.DRAFT, sent_at__isnull=True, changed_at__lt=now - drafts_after
    )
    forgotten = list(drafts.order_by("pk").values_list("pk", flat=True)[:limit])
    drafts.filter(pk__in=forgotten).delete()
    closed = Proposal.objects.filter(
        state__in=(ProposalState.REFUSED, ProposalState.WITHDRAWN),
        decided_at__lt=now - contacts_after,
    ).exclude(contact_email="", contact_name="")
    named = list(closed.select_for_update().order_by("pk")[: limit - len(forgotten)])
    for proposal in named:
        proposal_anonymise(proposal=proposal)
    return len(forgotten) + len(named)


def proposals_forget_person(user: Any) -> int:
    """Forget a person who leaves: what they proposed stays, and names nobody."""
    mine = Proposal.objects.filter(Q(owner=user) | Q(contact_email__iexact=user.email))
    named = list(mine.select_for_update())
    for proposal in named:
        proposal_anonymise(proposal=proposal)
    return len(named)


@transaction.atomic
def proposal_anonymise(*, proposal: Proposal) -> None:
    """Forget who proposed and who read it; what was told stays, it names nobody."""
    proposal.owner = None
    proposal.contact_name = proposal.contact_email = ""
    proposal.may_be_contacted = False
    proposal.save(
        update_fields=["owner", "contact_name", "contact_email", "may_be_contacted", "changed_at"]
    )
    proposal.readings.update(reader_name="", reader_email="")


def _locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)


def _check(proposal: Proposal, to: ProposalState) -> None:
    origin = ProposalState(proposal.state)
    if (origin, to) not in PROPOSAL_TRANSITIONS:
        raise ValidationError(
            f"« {proposal.title} » est à l’état « {origin.label} » :"
            f" elle ne peut pas passer à l’état « {to.label} ».",
            code="transition",
        )


def _move(proposal: Proposal, to: ProposalState, **fields: Any) -> None:
    _check(proposal, to)
    proposal.state = to
    for name, value in fields.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=["state", "changed_at", *fields])


def _said(answer: str) -> str:
    answer = answer.strip()
    if not answer:
        raise ValidationError({"answer": "Dites pourquoi : c’est ce que la personne lira."})
    return answer


def _sheet(proposal: Proposal) -> Resource:
    resource = Resource(
        kind=Kind.EXPERIENCE,
        slug=free_slug(proposal.title),
        title=proposal.title,
        summary=_opening(proposal.need),
        topics=proposal.topics,
        departments=proposal.departments,
        publishers=[proposal.structure] if proposal.structure else [],
    )
    resource_save(resource=resource)
    drafts = [
        SectionDraft(title=title, source_html=_paragraphs(getattr(proposal, name)))
        for name, title in CHAPTERS
        if getattr(proposal, name).strip()
    ]
    sections_render(sections_replace(resource=resource, drafts=drafts))
    return resource


def _opening(text: str) -> str:
    """The first sentences, as many as fit."""
    text = " ".join(text.split())
    if len(text) <= SUMMARY:
        return text
    cut = text[:SUMMARY]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? "))
    return cut[: end + 1] if end > SUMMARY // 3 else cut.rsplit(" ", 1)[0] + "…"


def _paragraphs(text: str) -> str:
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{escape(b).replace(chr(10), '<br>')}</p>" for b in blocks if b)
