from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from resources.models.resource import Resource


class VersionQuerySet(models.QuerySet["ResourceVersion"]):
    def standing(self) -> VersionQuerySet:
        """What may still be read: a version whose publication was undone is the team's alone."""
        return self.filter(undone_at__isnull=True)


class ResourceVersion(models.Model):
    """What was published, frozen. Written by resources.services.publishing alone; never edited.

    ``snapshot`` holds every word of the resource at that moment (see
    resources.services.snapshots), so that an archived PDF can be made again.
    """

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("numéro")
    published_at = models.DateTimeField("publiée le")
    snapshot = models.JSONField("contenu")
    note = models.CharField("ce qui change", max_length=300, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="publiée par",
    )
    # Undoing a publication publishes the text before it again, under a number of its own; the
    # number that was undone is the team's alone from then on. The one change a version knows.
    undoes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="annule la version",
    )
    undone_at = models.DateTimeField("publication annulée le", null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version"
        verbose_name_plural = "versions"
        ordering = ["resource", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "number"], name="resource_version_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="resource_version_from_one",
                violation_error_message="Les versions se comptent à partir de 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
