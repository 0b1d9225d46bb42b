from django.db import models
from django.db.models import Q

from cops.territory import Department


class SharedScore(models.Model):
    """One mark that somebody agreed to share: of nobody, of no assessment, of no day.

    Rows fall in here by batches of at least five people, and the whole table is written again in
    random order with each (selfassess.services.sharing): neither the order nor ``xmin`` tells
    whose they are.
    """

    grid = models.CharField("grille", max_length=80)
    version = models.PositiveIntegerField("version")
    criterion = models.CharField("critère", max_length=10)
    role = models.CharField("rôle", max_length=40)
    value = models.PositiveSmallIntegerField("niveau", null=True)
    quarter = models.CharField("trimestre", max_length=7)
    department = models.CharField(
        "département", max_length=3, choices=Department.choices, blank=True
    )

    class Meta:
        verbose_name = "niveau partagé"
        verbose_name_plural = "niveaux partagés"
        indexes = [
            models.Index(
                fields=["grid", "quarter", "role", "criterion", "value"], name="shared_score_read"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__range=(0, 4)),
                name="shared_score_0_to_4",
                violation_error_message="Un niveau va de 0 à 4.",
            )
        ]

    def __str__(self) -> str:
        return self.criterion
