"""Who is leaving, who was erased, what was purged."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Departure(models.Model):
    """A person who asked to leave: hidden at once, erased on the day said, if not cancelled.

    Made and ended by cops.privacy.departures alone.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        on_delete=models.CASCADE,
        related_name="departure",
    )
    asked_at = models.DateTimeField("demandé le", db_default=Now())
    due_at = models.DateTimeField("effacé à partir du")

    objects: ClassVar[models.Manager[Departure]] = models.Manager()

    class Meta:
        verbose_name = "départ"
        verbose_name_plural = "départs"
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_at__gt=models.F("asked_at")),
                name="departure_leaves_time",
                violation_error_message="On laisse un délai pour changer d’avis.",
            )
        ]
        indexes = [models.Index(fields=["due_at"], name="departure_due")]

    def __str__(self) -> str:
        return f"départ prévu le {self.due_at:%Y-%m-%d}"


class Erasure(models.Model):
    """A line of the journal: somebody was erased. It names nobody; see cops.privacy.journal.

    ``subject`` is an HMAC of the account's number and of the moment it was opened: a restored
    backup that holds this very account is recognised, and a newcomer who got its number is not.
    """

    subject = models.CharField("empreinte", max_length=64, unique=True)
    scope = models.CharField("portée", max_length=40)
    erased_at = models.DateTimeField("effacé le", db_default=Now())
    # Also appended to the file that is kept beside the backups.
    written_at = models.DateTimeField("reporté le", null=True, blank=True)

    objects: ClassVar[models.Manager[Erasure]] = models.Manager()

    class Meta:
        verbose_name = "effacement"
        verbose_name_plural = "effacements"
        ordering = ["-erased_at", "-pk"]
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(written_at=None), name="erasure_to_write"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject[:8]}… ({self.scope})"


class PurgeRun(models.Model):
    """What one night of retention erased of one model."""

    ran_at = models.DateTimeField("passé le", db_default=Now())
    model = models.CharField("modèle", max_length=80)
    erased = models.PositiveIntegerField("lignes effacées", default=0)
    unfinished = models.BooleanField("il en reste", default=False)
    failed = models.BooleanField("en échec", default=False)

    objects: ClassVar[models.Manager[PurgeRun]] = models.Manager()

    class Meta:
        verbose_name = "passage de l’effacement"
        verbose_name_plural = "passages de l’effacement"
        ordering = ["-ran_at", "-pk"]
        indexes = [models.Index(fields=["-ran_at", "-id"], name="purge_latest")]

    def __str__(self) -> str:
        return f"{self.model} : {self.erased}"


class InactivityNotice(models.Model):
    """A person who has not come for two years was written to: erased thirty days later.

    Made and removed by cops.accounts.my_data.dormant alone; coming back removes it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        on_delete=models.CASCADE,
        related_name="inactivity_notice",
    )
    sent_at = models.DateTimeField("écrit le", db_default=Now())

    objects: ClassVar[models.Manager[InactivityNotice]] = models.Manager()

    class Meta:
        verbose_name = "avis d’inactivité"
        verbose_name_plural = "avis d’inactivité"
        ordering = ["sent_at", "pk"]
        indexes = [models.Index(fields=["sent_at"], name="inactivity_notice_sent")]

    def __str__(self) -> str:
        return f"avis du {self.sent_at:%Y-%m-%d}"
