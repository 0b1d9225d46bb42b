from __future__ import annotations

from django.db import models
from django.db.models import Q

from selfassess.enums import Done
from selfassess.models.assessments import Assessment

MOST_DECISIONS = 5


class JointScore(models.Model):
    """The level agreed on together for one criterion; the last one said wins."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="joint_scores")
    criterion = models.CharField("critère", max_length=10)
    value = models.PositiveSmallIntegerField("niveau", null=True, blank=True)
    sentence = models.CharField("ce que l’on se dit", max_length=300, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "niveau commun"
        verbose_name_plural = "niveaux communs"
        ordering = ["criterion", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="joint_score_once_per_criterion"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__range=(0, 4)),
                name="joint_score_0_to_4",
                violation_error_message="Un niveau va de 0 à 4.",
            ),
        ]

    def __str__(self) -> str:
        return self.criterion


class Decision(models.Model):
    """« Ce que nous décidons »: what, who, when; ticked at the next assessment."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="decisions")
    position = models.PositiveSmallIntegerField("rang")
    what = models.CharField("quoi", max_length=200)
    who = models.CharField("qui", max_length=80, blank=True)
    when = models.CharField("quand", max_length=80, blank=True)
    done = models.CharField("où en est-on", max_length=10, choices=Done.choices, blank=True)

    class Meta:
        verbose_name = "décision"
        verbose_name_plural = "décisions"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "position"], name="decision_once_per_position"
            ),
            models.CheckConstraint(
                condition=Q(position__range=(1, MOST_DECISIONS)),
                name="decision_five_at_most",
                violation_error_message="Cinq décisions au plus.",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Reminder(models.Model):
    """An address that asked to be reminded in six months: kept for that alone, then erased."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="reminders")
    email = models.EmailField("adresse électronique")
    due_on = models.DateField("à envoyer le")
    # The link to begin again holds the code and the secret, which no table keeps otherwise:
    # encrypted (cops.encryption), read by selfassess.services.reminders alone.
    link = models.TextField("lien, chiffré")

    class Meta:
        verbose_name = "rappel"
        verbose_name_plural = "rappels"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], name="reminder_due")]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "email"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        return str(self.due_on)
