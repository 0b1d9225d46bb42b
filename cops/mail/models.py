"""The outbox, and the addresses that some mails no longer go to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cops.mail.enums import HELD, SETTLED, WAITING, State, SuppressionReason
from cops.secrets import DIGEST_LENGTH, public_id_field

MOST_ATTEMPTS = 5
_HEADERS = ("to", "subject", "reply_to")


class Message(models.Model):
    """A mail to send, then what became of it.

    ``cops.mail.queue`` adds one in the caller's transaction. Its state is changed by the
    statements of ``cops.mail.outbox`` alone, each checked against TRANSITIONS.
    """

    public_id = public_id_field()
    to = models.EmailField("destinataire", max_length=254)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    category = models.CharField("catégorie", max_length=40)
    bulk = models.BooleanField("envoi en nombre")
    template = models.CharField("gabarit", max_length=120)
    subject = models.CharField("objet", max_length=250)
    # Emptied some days after it left: a code must not linger.
    text = models.TextField("texte", blank=True)
    reply_to = models.EmailField("répondre à", max_length=254, blank=True)
    dedupe_key = models.CharField("clé d’unicité", max_length=200, unique=True)

    state = models.CharField("état", max_length=12, choices=State.choices, default=State.PREPARED)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    # Null: it is parked, and waits for a person.
    not_before = models.DateTimeField("pas avant", null=True, default=timezone.now)
    claim = models.CharField("lot", max_length=22, blank=True)
    lease_until = models.DateTimeField("pris en charge jusqu’à", null=True, blank=True)
    reason = models.CharField("raison", max_length=300, blank=True)
    created_at = models.DateTimeField("créé le", default=timezone.now, editable=False)
    settled_at = models.DateTimeField("réglé le", null=True, blank=True)

    class Meta:
        verbose_name = "courriel"
        verbose_name_plural = "courriels"
        ordering = ["-created_at", "-pk"]
        indexes = [
            # What a batch takes: a person waiting for a code before a newsletter, the oldest first.
            models.Index(
                fields=["bulk", "not_before", "id"],
                name="mail_message_due",
                condition=Q(state__in=WAITING),
            ),
            models.Index(
                fields=["lease_until"],
                name="mail_message_lease",
                condition=Q(state__in=HELD),
            ),
            # Not the accepted, nearly all of them: the table of the team asks for the others.
            models.Index(
                fields=["state", "-created_at", "-id"],
                name="mail_message_trouble",
                condition=Q(state__in=[State.RETRY, State.REFUSED, State.UNCERTAIN]),
            ),
            models.Index(fields=["settled_at"], name="mail_message_settled"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="mail_message_state_known",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(attempts__lte=MOST_ATTEMPTS),
                name="mail_message_attempts_bounded",
                violation_error_message="Un courriel est essayé cinq fois au plus.",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=HELD) & ~Q(claim="") & Q(lease_until__isnull=False))
                | (~Q(state__in=HELD) & Q(claim="", lease_until__isnull=True)),
                name="mail_message_held_by_a_batch",
                violation_error_message="Un courriel pris en charge l’est par un lot.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED, settled_at__isnull=False)
                | (~Q(state__in=SETTLED) & Q(settled_at__isnull=True)),
                name="mail_message_settled_at",
                violation_error_message="Un courriel réglé l’est à une date, et lui seul.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.RETRY, State.UNCERTAIN, *SETTLED])
                | Q(not_before__isnull=False),
                name="mail_message_has_its_time",
                violation_error_message="Un courriel à envoyer a son heure.",
            ),
            models.CheckConstraint(
                condition=~Q(bulk=True, state=State.UNCERTAIN, not_before__isnull=False),
                name="mail_message_uncertain_bulk_waits",
                violation_error_message="Un envoi en nombre incertain attend une personne.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED) | ~Q(text=""),
                name="mail_message_has_its_text",
                violation_error_message="Un courriel à envoyer a un texte.",
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(**{f"{name}__regex": r"[\x01-\x1f\x7f]"}),
                    name=f"mail_message_{name}_one_line",
                    violation_error_message="Un en-tête tient sur une ligne.",
                )
                for name in _HEADERS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.public_id}"

    @property
    def parked(self) -> bool:
        """It waits for a person: tried five times, or nobody knows whether it left."""
        return self.state in WAITING and self.not_before is None


class Suppression(models.Model):
    """An address that mails of a category no longer go to.

    The address is kept as a keyed hash: the wish of a person who left must outlive what we
    knew of them. Written by ``cops.mail.suppressions`` alone.
    """

    address_hash = models.CharField("empreinte de l’adresse", max_length=DIGEST_LENGTH)
    category = models.CharField("catégorie", max_length=40)
    reason = models.CharField("raison", max_length=12, choices=SuppressionReason.choices)
    created_at = models.DateTimeField("depuis", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "adresse écartée"
        verbose_name_plural = "adresses écartées"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["address_hash", "category"],
                name="mail_suppression_once",
                violation_error_message="Cette adresse est déjà écartée de cette catégorie.",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=SuppressionReason.values),
                name="mail_suppression_reason_known",
                violation_error_message="Cette raison n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} ({self.get_reason_display()})"
