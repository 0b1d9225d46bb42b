"""Each address that a public page points to, and what its checks found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cops.links.enums import Reason, State

LENGTH = 1_000


class LinkCheck(models.Model):
    """One address, wherever it is used. Written by cops.links.gathering and cops.links.checking."""

    url = models.CharField("adresse", max_length=LENGTH, unique=True)
    host = models.CharField("site", max_length=253, blank=True)
    uses = models.JSONField("où", default=list)  # [{"label", "page", "edit"}, …]
    state = models.CharField("état", max_length=8, choices=State.choices, default=State.NEW)
    reason = models.CharField("raison", max_length=12, choices=Reason.choices, blank=True)
    status = models.PositiveSmallIntegerField("réponse", null=True, blank=True)
    target = models.CharField("mène maintenant à", max_length=LENGTH, blank=True)
    failures = models.PositiveSmallIntegerField("échecs de suite", default=0)
    failing_since = models.DateTimeField("en échec depuis", null=True, blank=True)
    checked_at = models.DateTimeField("vérifié le", null=True, blank=True)
    due_at = models.DateTimeField("à vérifier le", default=timezone.now, db_index=True)
    # Somebody of the team looked and found it good: not to be done until then.
    excused_until = models.DateTimeField("vu bon jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "lien"
        verbose_name_plural = "liens"
        ordering = ["host", "url", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="link_check_state_known",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=Reason.values),
                name="link_check_reason_known",
                violation_error_message="Cette raison n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return self.url
