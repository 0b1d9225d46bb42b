"""« Toujours en cours ? »: each year the portal asks the bearer of a published experience."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from cops import audit
from cops.pagecache import raise_version
from cops.secrets import digest, digests, random_name
from resources import emails
from resources.enums import OngoingAnswer, ProposalState
from resources.models import OngoingQuestion, Proposal, Resource

PURPOSE = "resources.ongoing"
EVERY = timedelta(days=365)
VALID = timedelta(days=120)  # a link of the mail that asks
BATCH = 200


@transaction.atomic
def ongoing_ask_all() -> int:
    """Ask those whose sheet was published, or who last answered, a year ago; how many.

    Asked once a year whatever happens: without an answer, the team sees it in « À traiter ».
    An experience that has ended is not asked about again.
    """
    since = timezone.now() - EVERY
    recent = OngoingQuestion.objects.filter(proposal=OuterRef("pk")).filter(
        Q(asked_at__gt=since) | Q(answer=OngoingAnswer.ENDED)
    )
    due = (
        Proposal.objects.filter(
            ~Exists(recent),
            state=ProposalState.ACCEPTED,
            resource__in=Resource.objects.public(),
            resource__published_at__lte=Now() - EVERY,
        )
        .exclude(contact_email="")
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("resource")
        .order_by("pk")
    )
    asked = 0
    for proposal in due[:BATCH]:
        secret = random_name()
        question = OngoingQuestion.objects.create(
            proposal=proposal, digest=digest(secret, purpose=PURPOSE)
        )
        emails.ongoing_asked(question, secret)
        asked += 1
    return asked


def question_of(secret: str) -> OngoingQuestion | None:
    """The question that this link opens, for some months."""
    return (
        OngoingQuestion.objects.select_related("proposal__resource")
        .filter(digest__in=digests(secret, purpose=PURPOSE), asked_at__gt=timezone.now() - VALID)
        .first()
    )


@transaction.atomic
def ongoing_answer(
    *, question: OngoingQuestion, answer: OngoingAnswer, words: str
) -> OngoingQuestion:
    """Keep the answer; the sheet says it from now on. A second answer replaces the first."""
    locked = OngoingQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if answer not in OngoingAnswer.values:
        raise ValidationError("Choisissez une des deux réponses.")
    locked.answer, locked.words, locked.answered_at = answer, words, timezone.now()
    locked.save(update_fields=["answer", "words", "answered_at"])
    audit.record(
        None, "resources.ongoing_answered", locked.proposal, {"suite": [None, str(answer)]}
    )
    raise_version()
    return locked
