from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from resources.enums import DraftState
from resources.models.resource import Resource


def _person(label: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )


class ResourceDraft(models.Model):
    """The working text of a resource, beside what is on view; one at most.

    The rows of a resource (fields, sections, steps) are what the public reads; they change
    when a text is published, never while it is written. The words in progress are a content
    (see resources.services.contents), kept whole at each save. A correction planned for a
    date is published by the sweeper: late by a minute, it leaves on view a text that was
    true the minute before, whereas a first publication and a withdrawal, where a minute
    would matter, go by the clock alone.

    Its state changes only through resources.services.drafts.
    """

    resource = models.OneToOneField(Resource, models.CASCADE, related_name="draft")
    state = models.CharField(
        "état", max_length=12, choices=DraftState.choices, default=DraftState.WRITING
    )
    revision = models.PositiveIntegerField("enregistrement", default=1)
    # What was on view when the work began: whoever changed the rows since is not written over.
    base = models.JSONField("texte de départ")
    note = models.CharField("ce qui change", max_length=300, blank=True)
    publish_at = models.DateTimeField("à publier le", null=True, blank=True)
    asked_at = models.DateTimeField("relecture demandée le", null=True, blank=True)
    started_by = _person("commencé par")
    started_at = models.DateTimeField("commencé le", auto_now_add=True)
    # Who planned the publication; the portal publishes in their name.
    planned_by = _person("prévue par")
    # Why a planned publication could not be made: the team is told.
    refusal = models.TextField("empêchement", blank=True)

    class Meta:
        verbose_name = "texte de travail"
        verbose_name_plural = "textes de travail"
        ordering = ["started_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DraftState.values),
                name="resource_draft_state_known",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(state=DraftState.SCHEDULED, publish_at__isnull=False)
                | (~Q(state=DraftState.SCHEDULED) & Q(publish_at__isnull=True)),
                name="resource_draft_planned_has_date",
                violation_error_message="Une publication prévue a une date, et elle seule.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["publish_at"],
                name="resource_draft_due",
                condition=Q(state=DraftState.SCHEDULED),
            )
        ]

    def __str__(self) -> str:
        return f"texte de travail de « {self.resource} »"


class DraftRevision(models.Model):
    """The working text as it was saved once; the last one is the working text."""

    draft = models.ForeignKey(ResourceDraft, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField("numéro")
    content: Any = models.JSONField("contenu")
    piece = models.CharField("passage", max_length=200, blank=True)
    label = models.CharField("ce qui a été enregistré", max_length=300)
    saved_by = _person("enregistré par")
    saved_at = models.DateTimeField("enregistré le", auto_now_add=True)

    class Meta:
        verbose_name = "enregistrement"
        verbose_name_plural = "enregistrements"
        ordering = ["draft", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="draft_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.number})"
