"""A remarkable experience on its way to the library: what is proposed, what two readers mark."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cops.secrets import digest_field, public_id_field
from cops.territory import Department
from cops.topics import Topic
from resources.enums import BearerKind, OngoingAnswer, ProposalState, ReaderRole
from resources.models.fields import codes_field
from resources.models.resource import Resource

LONGEST = 3_000  # characters of one answer: a page and a half, as a person tells it


def _words(label: str) -> models.TextField:
    return models.TextField(label, max_length=LONGEST, blank=True)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def sent(self) -> ProposalQuerySet:
        """What the team sees: a draft is its bearer's alone until it is sent."""
        return self.exclude(state=ProposalState.DRAFT, sent_at__isnull=True)

    def waiting(self) -> ProposalQuerySet:
        """What waits for the team."""
        return self.filter(state__in=(ProposalState.SENT, ProposalState.READING))


class Proposal(models.Model):
    """An experience that a structure or a person proposes, in short steps.

    Its state changes only through resources.services.proposals (proposal_send,
    proposal_return, proposal_accept, proposal_refuse, proposal_withdraw). What it tells is
    frozen once sent, unless the team gives it back. ``digest`` keeps the secret of the
    bearer's own link.
    """

    public_id = public_id_field()
    digest = digest_field()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name="compte",
    )
    state = models.CharField(
        "état",
        max_length=10,
        choices=ProposalState.choices,
        default=ProposalState.DRAFT,
        editable=False,
    )

    title = models.CharField("nom de l’expérience", max_length=200)
    bearer_kind = models.CharField("proposée par", max_length=10, choices=BearerKind.choices)
    structure = models.CharField("structure ou collectif", max_length=200, blank=True)
    topics = codes_field("domaines", Topic.choices)
    departments = codes_field("départements", Department.choices)
    need = _words("le besoin")
    people = _words("qui agit ensemble")
    method = _words("comment cela se passe")
    time = _words("le temps")
    means = _words("les moyens")
    effects = _words("les effets")
    limits = _words("les limites")
    advice = _words("les conseils")

    contact_name = models.CharField("nom de la personne à joindre", max_length=120, blank=True)
    contact_email = models.EmailField("adresse électronique", blank=True)
    may_be_contacted = models.BooleanField("peut être jointe par le portail", default=False)
    agreed_at = models.DateTimeField("accord pour publier", null=True, blank=True, editable=False)

    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField("modifiée le", auto_now=True)
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True, editable=False)
    decided_at = models.DateTimeField("décidée le", null=True, blank=True, editable=False)
    # What the team last told the bearer: what is missing, or why not.
    answer = models.TextField("réponse de l’équipe", max_length=LONGEST, blank=True)
    resource = models.OneToOneField(
        Resource,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposal",
        verbose_name="ressource",
        editable=False,
    )
    published_told_at = models.DateTimeField(
        "publication annoncée le", null=True, blank=True, editable=False
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "expérience proposée"
        verbose_name_plural = "expériences proposées"
        ordering = ["-sent_at", "-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "-sent_at"], name="proposal_state_sent")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values),
                name="proposal_state_known",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(ProposalState.DRAFT, ProposalState.WITHDRAWN))
                | Q(sent_at__isnull=False),
                name="proposal_sent_has_date",
                violation_error_message="Une expérience envoyée a une date d’envoi.",
            ),
            models.CheckConstraint(
                condition=(Q(state=ProposalState.ACCEPTED) & Q(resource__isnull=False))
                | (~Q(state=ProposalState.ACCEPTED) & Q(resource__isnull=True)),
                name="proposal_accepted_has_resource",
                violation_error_message="Une expérience retenue a sa fiche, et elle seule.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.REFUSED) | ~Q(answer=""),
                name="proposal_refusal_has_reason",
                violation_error_message="Un refus dit pourquoi.",
            ),
            models.CheckConstraint(
                condition=Q(may_be_contacted=False) | ~Q(contact_email=""),
                name="proposal_contact_has_address",
                violation_error_message="Pour être jointe, il faut une adresse électronique.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProposalReading(models.Model):
    """One of the two readings of a proposal: by a patient or a carer, and by a professional.

    ``marks`` maps a criterion (resources.enums.ReadingCriterion) to 0–4, or to None for « je ne
    peux pas le dire ». Written by reading_send alone, once.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="readings")
    role = models.CharField("lecture", max_length=14, choices=ReaderRole.choices)
    digest = digest_field()
    reader_name = models.CharField("nom du lecteur", max_length=120, blank=True)
    reader_email = models.EmailField("adresse électronique", blank=True)
    invited_at = models.DateTimeField("invitation", auto_now_add=True)
    expires_at = models.DateTimeField("lien valable jusqu’au")
    marks = models.JSONField("notes", default=dict, blank=True)
    words = models.TextField("mot du lecteur", max_length=LONGEST, blank=True)
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "lecture"
        verbose_name_plural = "lectures"
        ordering = ["proposal", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "role"],
                name="proposal_reading_once_per_role",
                violation_error_message="Cette lecture est déjà demandée.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=ReaderRole.values),
                name="proposal_reading_role_known",
                violation_error_message="Cette lecture n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | ~Q(marks={}),
                name="proposal_reading_sent_has_marks",
                violation_error_message="Une lecture envoyée a ses notes.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class OngoingQuestion(models.Model):
    """« Toujours en cours ? »: asked of the bearer once a year, answered by a button."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="questions")
    digest = digest_field()
    asked_at = models.DateTimeField("demandé le", auto_now_add=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True, editable=False)
    answer = models.CharField(
        "réponse", max_length=8, choices=OngoingAnswer.choices, blank=True, editable=False
    )
    words = models.TextField("précision", max_length=LONGEST, blank=True)

    class Meta:
        verbose_name = "question annuelle"
        verbose_name_plural = "questions annuelles"
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["proposal", "-asked_at"], name="ongoing_by_proposal")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(answered_at__isnull=True) & Q(answer=""))
                | (Q(answered_at__isnull=False) & Q(answer__in=OngoingAnswer.values)),
                name="ongoing_answer_has_date",
                violation_error_message="Une réponse a sa date.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("asked_at")),
                name="ongoing_answered_after_asked",
                violation_error_message="La réponse vient après la question.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} — {self.get_answer_display() or 'sans réponse'}"
