from __future__ import annotations

from django.db import models
from django.db.models import Q

from cops.secrets import digest_field
from cops.territory import Department
from selfassess.enums import Mode
from selfassess.instrument import Instrument
from selfassess.models.grids import GridVersion


class Assessment(models.Model):
    """One assessment by one, two or several people. No name is asked; the code opens the door.

    ``code_digest`` is what is kept of the code; ``manager_digest``, of the opener's own link.
    Written by selfassess.services.assessments alone.
    """

    code_digest = digest_field("empreinte du code")
    manager_digest = digest_field("empreinte du lien de gestion")
    version = models.ForeignKey(GridVersion, models.PROTECT, related_name="assessments")
    mode = models.CharField("à combien", max_length=10, choices=Mode.choices)
    wording = models.CharField("façon de dire", max_length=40, blank=True)
    expected = models.PositiveSmallIntegerField("nombre attendu", null=True, blank=True)
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    opened_at = models.DateTimeField("ouverte le", auto_now_add=True)
    # To the day: a visit leaves no finer trace.
    visited_on = models.DateField("dernière visite")
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    revealed_at = models.DateTimeField("retournée le", null=True, blank=True)
    # Raised by each change that another screen must show: the ETag of what screens ask for.
    step = models.PositiveIntegerField("pas", default=0)

    class Meta:
        verbose_name = "auto-évaluation"
        verbose_name_plural = "auto-évaluations"
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["visited_on"], name="assessment_visited")]
        constraints = [
            models.CheckConstraint(
                condition=Q(mode__in=Mode.values),
                name="assessment_mode_known",
                violation_error_message="Cette façon de faire n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(expected__isnull=True) | Q(expected__range=(2, 40)),
                name="assessment_expected_2_to_40",
                violation_error_message="Un groupe compte de 2 à 40 personnes.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version.grid} ({self.get_mode_display()})"

    @property
    def instrument(self) -> Instrument:
        return self.version.read(self.wording)

    @property
    def title(self) -> str:
        """What its grid is called, in the words that were chosen."""
        return self.instrument.title or self.version.grid.title


class Participant(models.Model):
    """One person's own wheel. Nobody else sees it before all is turned over.

    ``scores`` maps a criterion to 0–4, or to None for « non concerné »; what is not answered
    is absent. ``notes`` are theirs alone, for ever.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="participants")
    digest = digest_field()
    role = models.CharField("rôle", max_length=40)
    name = models.CharField("prénom ou initiales", max_length=30, blank=True)
    scores = models.JSONField("réponses", default=dict, blank=True)
    notes = models.JSONField("notes personnelles", default=dict, blank=True)
    joined_at = models.DateTimeField("arrivée", auto_now_add=True)
    submitted_at = models.DateTimeField("envoi", null=True, blank=True)
    # « Ce que la région peut apprendre »: off, until the person ticks it.
    shares = models.BooleanField("accepte de partager ses réponses", default=False)
    # Theirs alone: what one of them says of a department is not said for the others.
    department = models.CharField(
        "département, si l’on accepte de le dire",
        max_length=3,
        choices=Department.choices,
        blank=True,
    )
    shared_at = models.DateField("partagées le", null=True, blank=True)

    class Meta:
        verbose_name = "participant"
        verbose_name_plural = "participants"
        ordering = ["joined_at", "pk"]
        indexes = [
            models.Index(
                fields=["id"],
                name="participant_to_share",
                condition=Q(shares=True, shared_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.role


class Departed(models.Model):
    """The digest of an assessment that was deleted or purged: its links answer « gone »."""

    code_digest = digest_field("empreinte du code")
    left_on = models.DateField("effacée le", auto_now_add=True)

    class Meta:
        verbose_name = "auto-évaluation effacée"
        verbose_name_plural = "auto-évaluations effacées"
        ordering = ["-left_on", "-pk"]

    def __str__(self) -> str:
        return str(self.left_on)
