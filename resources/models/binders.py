from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Deferrable, Q
from django.utils import timezone

from cops.secrets import digest_field, digests, public_id_field
from resources.models.resource import Resource

DEFAULT_NAME = "Mon classeur"
DAYS_WITHOUT_ACCOUNT = 90
ITEMS_AT_MOST = 100
BINDERS_AT_MOST = 20
COOKIE_PURPOSE = "resources.binder.cookie"
LINK_PURPOSE = "resources.binder.link"


def end_without_account() -> datetime:
    """Until when a binder without account is kept, if nothing changes in it from now on."""
    return timezone.now() + timedelta(days=DAYS_WITHOUT_ACCOUNT)


class BinderQuerySet(models.QuerySet["Binder"]):
    def alive(self) -> BinderQuerySet:
        """By the clock: the purge comes at night, a binder ends at its hour."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))

    def held_by(self, user: Any, secret: str) -> BinderQuerySet:
        """The binders of an account, the one in use first; without account, that of the cookie."""
        if getattr(user, "is_authenticated", False):
            return self.filter(owner=user).order_by("-chosen_at", "-pk")
        if not secret:
            return self.none()
        kept = digests(secret, purpose=COOKIE_PURPOSE)
        return self.alive().filter(owner__isnull=True, key_digest__in=kept).order_by("pk")

    def shared_by(self, token: str) -> BinderQuerySet:
        """The binder that a link opens: none for a link unknown, revoked or past its time.

        Nor while its holder is leaving: what they shared is hidden at once.
        """
        return self.alive().filter(
            share_digest__in=digests(token, purpose=LINK_PURPOSE), owner__departure=None
        )


class Binder(models.Model):
    """The sheets that somebody keeps together, in an order of theirs.

    It belongs to an account, or to whoever holds the secret of a cookie. Changed only by
    resources.services.binders and binder_holders, which keep ``expires_at`` true.
    """

    public_id = public_id_field()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="binders",
        verbose_name="titulaire",
    )
    key_digest = digest_field("empreinte du cookie", null=True, blank=True)
    name = models.CharField("nom", max_length=80, default=DEFAULT_NAME)
    # Of several binders of an account, the one chosen last receives what is added.
    chosen_at = models.DateTimeField("choisi le", default=timezone.now)
    expires_at = models.DateTimeField("gardé jusqu’au", null=True, blank=True, db_index=True)
    # The link is made again from this and the server's key; the table alone opens nothing.
    share_salt = models.CharField(max_length=22, blank=True, editable=False)
    share_digest = digest_field("empreinte du lien", null=True, blank=True)
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    changed_at = models.DateTimeField("changé le", auto_now=True)

    objects = BinderQuerySet.as_manager()

    class Meta:
        verbose_name = "classeur"
        verbose_name_plural = "classeurs"
        ordering = ["-chosen_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False, key_digest__isnull=True, expires_at__isnull=True)
                | Q(owner__isnull=True, key_digest__isnull=False, expires_at__isnull=False),
                name="binder_of_an_account_or_of_a_cookie",
                violation_error_message="Un classeur est à un compte, ou à un cookie un temps.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="binder_has_a_name",
                violation_error_message="Un classeur a un nom.",
            ),
            models.CheckConstraint(
                condition=Q(share_salt="", share_digest__isnull=True)
                | (~Q(share_salt="") & Q(share_digest__isnull=False)),
                name="binder_link_is_whole",
                violation_error_message="Un lien de partage a son sel et son empreinte.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        return bool(self.share_salt)


class BinderItem(models.Model):
    """A sheet in a binder; ``version`` is the one that was in force when it was added."""

    binder = models.ForeignKey(Binder, models.CASCADE, related_name="items")
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="binder_items")
    position = models.PositiveSmallIntegerField("rang")
    version = models.PositiveIntegerField("version au moment de l’ajout", default=1)
    added_at = models.DateTimeField("ajoutée le", auto_now_add=True)

    class Meta:
        verbose_name = "fiche d’un classeur"
        verbose_name_plural = "fiches d’un classeur"
        ordering = ["binder", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["binder", "resource"],
                name="binder_item_once",
                violation_error_message="Cette fiche est déjà dans le classeur.",
            ),
            # Deferred: moving a sheet writes two rows, one after the other.
            models.UniqueConstraint(
                fields=["binder", "position"],
                name="binder_item_rank_once",
                deferrable=Deferrable.DEFERRED,
                violation_error_message="Deux fiches d’un classeur ne sont pas au même rang.",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=ITEMS_AT_MOST),
                name="binder_item_rank_in_range",
                violation_error_message=f"Un classeur contient {ITEMS_AT_MOST} fiches au plus.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.resource}"
