from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class MorningRun(models.Model):
    """The morning mail of one day: written once, whatever the number of workers."""

    day = models.DateField("jour")
    ran_at = models.DateTimeField("passé à", db_default=Now())
    people = models.PositiveSmallIntegerField("personnes de l’équipe", default=0)
    mails = models.PositiveSmallIntegerField("courriels", default=0)

    objects: ClassVar[models.Manager[MorningRun]] = models.Manager()

    class Meta:
        verbose_name = "courriel du matin"
        verbose_name_plural = "courriels du matin"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                name="todo_morning_once_a_day",
                violation_error_message="Le courriel de ce jour est déjà parti.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} : {self.mails}"
