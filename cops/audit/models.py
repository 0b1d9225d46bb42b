"""The journal: rows that are added, never changed."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cops.audit.actions import label_of

ERASED = "Un compte effacé"  # whoever it was


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, obj: models.Model) -> EntryQuerySet:
        """The entries of an object, the last first."""
        return self.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))


class Entry(models.Model):
    """One thing that somebody did. Only ``cops.audit.record`` adds one.

    A trigger of the database refuses to change or remove a row, but for the retention and
    the erasure of a person (``cops.audit.erasing``). The person is a number without a
    constraint: an account that is erased leaves its entries as they were, and the number
    then leads to nobody.
    """

    at = models.DateTimeField("quand", default=timezone.now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="qui",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    action = models.CharField("action", max_length=80)
    object_type = models.CharField("sorte d’objet", max_length=100, blank=True)
    object_id = models.CharField("numéro de l’objet", max_length=40, blank=True)
    changes = models.JSONField("changements", default=dict, encoder=DjangoJSONEncoder)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "entrée du journal"
        verbose_name_plural = "journal des actions"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["object_type", "object_id", "-at"], name="audit_entry_object"),
            models.Index(fields=["-at", "-id"], name="audit_entry_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(object_type="", object_id="") | (~Q(object_type="") & ~Q(object_id="")),
                name="audit_entry_object_whole",
                violation_error_message="Un objet du journal a une sorte et un numéro.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.object_type} {self.object_id})"

    @property
    def label(self) -> str:
        """What was done, in French."""
        return label_of(self.action)

    @property
    def by(self) -> str:
        """Who did it, in words; read ``actor`` with it (``trail`` does)."""
        if self.actor_id is None:
            return "Le portail"
        return str(self.actor) if self.actor else ERASED
