from __future__ import annotations

from django.conf import settings
from django.db import models

from cops.secrets import public_id_field
from selfassess.models.assessments import Assessment, Participant


class KeptPlace(models.Model):
    """« Mes auto-évaluations »: the tie between an account and a place in an assessment.

    The portal keeps no secret that it could read again, so the account does not lead back by a
    link: the row ties the account to the place, and its pages open to the session of that
    account (selfassess.views.places). ``participant`` is None for the opener's own page.
    Written by selfassess.services.kept alone; in no page of the team, nor in the admin.
    """

    public_id = public_id_field()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="kept_places",
        verbose_name="compte",
    )
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="kept_places")
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, blank=True, related_name="kept_places"
    )
    # To the day: nothing finer is of use.
    kept_on = models.DateField("gardée le", auto_now_add=True)

    class Meta:
        verbose_name = "auto-évaluation gardée"
        verbose_name_plural = "auto-évaluations gardées"
        ordering = ["-kept_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "assessment", "participant"],
                nulls_distinct=False,
                name="kept_place_once",
                violation_error_message="Cette auto-évaluation est déjà dans votre compte.",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-kept_on", "-id"], name="kept_place_listed")]

    def __str__(self) -> str:
        return str(self.assessment)
