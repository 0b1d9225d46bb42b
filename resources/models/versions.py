from django.db import models
from django.db.models import Q

from resources.models.resource import Resource


class ResourceVersion(models.Model):
    """What was published, frozen. Written by resource_publish alone; never edited.

    ``snapshot`` holds every word of the resource at that moment (see
    resources.services.snapshots), so that an archived PDF can be made again.
    """

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("numéro")
    published_at = models.DateTimeField("publiée le")
    snapshot = models.JSONField("contenu")

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
