from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cops.secrets import digest_field
from resources.enums import Variant
from resources.models.resource import Resource


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self) -> PreviewLinkQuerySet:
        """The links that lead somewhere now, by the clock."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=Now())


class PreviewLink(models.Model):
    """A secret address where somebody without account reads the working text of a resource.

    Only the fingerprint of the secret is kept: the address is shown once, when it is made.
    Written by resources.services.previews alone.
    """

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="preview_links")
    secret = digest_field()
    name = models.CharField("pour qui", max_length=120)
    email = models.EmailField("adresse électronique", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="créé par",
    )
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    expires_at = models.DateTimeField("valable jusqu’au")
    revoked_at = models.DateTimeField("fermé le", null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "lien d’aperçu"
        verbose_name_plural = "liens d’aperçu"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="preview_link_ends_after_it_begins",
                violation_error_message="Un lien d’aperçu se termine après sa création.",
            )
        ]

    def __str__(self) -> str:
        return f"aperçu de « {self.resource} » pour {self.name}"


class PreviewComment(models.Model):
    """What a reader wrote under a section; written and marked by resources.services.previews."""

    link = models.ForeignKey(PreviewLink, models.CASCADE, related_name="comments")
    variant = models.CharField("version", max_length=8, choices=Variant.choices)
    # Empty: about the whole text.
    anchor = models.CharField("ancre", max_length=80, blank=True)
    section_title = models.CharField("section", max_length=200, blank=True)
    # The section as the reader saw it: it may be rewritten before the comment is read.
    section_html = models.TextField("texte commenté", blank=True)
    name = models.CharField("nom", max_length=80, blank=True)
    text = models.TextField("commentaire", max_length=3000)
    fingerprint = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField("écrit le", auto_now_add=True)
    handled_at = models.DateTimeField("traité le", null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="traité par",
    )

    class Meta:
        verbose_name = "commentaire de relecture"
        verbose_name_plural = "commentaires de relecture"
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["link", "variant", "anchor", "fingerprint"], name="preview_comment_once"
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="preview_comment_has_words",
                violation_error_message="Un commentaire a au moins un mot.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="preview_comment_unread",
                condition=Q(handled_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.section_title or 'Tout le texte'} : {self.text[:60]}"
