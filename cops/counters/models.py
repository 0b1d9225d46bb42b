"""What is counted: totals of a day, never a person."""

from django.db import models
from django.db.models import Q


class DailyCount(models.Model):
    """How often something happened on one day in Paris. Written only by cops.counters.memory."""

    kind = models.CharField("quoi", max_length=40)
    key = models.CharField("lequel", max_length=120, blank=True)
    day = models.DateField("jour")
    count = models.PositiveBigIntegerField("nombre")

    class Meta:
        verbose_name = "compte du jour"
        verbose_name_plural = "comptes par jour"
        ordering = ["-day", "kind", "key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "day"], name="daily_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}".strip()


class SearchMiss(models.Model):
    """A search that found nothing, on one day.

    People type illnesses and names: at most 60 characters, no digit, no address; shown from
    three times on, erased after 90 days. Written only by cops.counters.memory.
    """

    text = models.CharField("recherche", max_length=60)
    day = models.DateField("jour")
    count = models.PositiveBigIntegerField("nombre")

    class Meta:
        verbose_name = "recherche sans résultat"
        verbose_name_plural = "recherches sans résultat"
        ordering = ["-day", "text", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["text", "day"], name="search_miss_once"),
            models.CheckConstraint(
                condition=~Q(text__regex="[0-9@]"),
                name="search_miss_anonymous",
                violation_error_message="Une recherche gardée ne porte ni chiffre ni adresse.",
            ),
        ]

    def __str__(self) -> str:
        return self.text
