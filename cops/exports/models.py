from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from cops.exports.enums import UNFINISHED, Reason, State
from cops.exports.kinds import Kind, known_kind
from cops.formats import NBSP, count_fr, number_fr, size_fr
from cops.secrets import DIGEST_LENGTH, public_id_field

ATTEMPTS = 3  # after which a person looks at it


class ExportQuerySet(models.QuerySet["Export"]):
    def live(self) -> ExportQuerySet:
        """Those that can still give a file."""
        return self.exclude(state=State.EXPIRED)

    def unfinished(self) -> ExportQuerySet:
        return self.filter(state__in=UNFINISHED)

    def abandoned(self) -> ExportQuerySet:
        """Begun by a worker that no longer says it is there."""
        return self.filter(state=State.MAKING, lease_until__lt=Now())

    def takeable(self) -> ExportQuerySet:
        return self.filter(Q(state=State.WAITING) | Q(state=State.MAKING, lease_until__lt=Now()))

    def over(self) -> ExportQuerySet:
        """Those whose time has passed."""
        return self.live().filter(expires_at__lte=Now())


class Export(models.Model):
    """A document made in the background. Its state is changed by cops.exports.services alone."""

    public_id = public_id_field()
    kind = models.CharField("genre", max_length=60)
    parameters = models.JSONField("paramètres", default=dict, blank=True)
    content_hash = models.CharField("empreinte du contenu", max_length=128)
    # Kind, parameters, hash, owner and secret in one: the same wish gives the same row.
    fingerprint = models.CharField("empreinte de la demande", max_length=64, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="exports",
    )
    secret_hash = models.CharField(
        "empreinte du secret", max_length=DIGEST_LENGTH, blank=True, editable=False
    )

    state = models.CharField("état", max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField("raison", max_length=8, choices=Reason.choices, blank=True)
    words = models.CharField("ce qui est dit de l’échec", max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    done = models.PositiveIntegerField("fait", default=0)
    total = models.PositiveIntegerField("à faire", default=0)
    phase = models.CharField("étape", max_length=40, blank=True)

    # Its name in the default storage.
    file = models.CharField("fichier", max_length=200, blank=True)
    filename = models.CharField("nom du téléchargement", max_length=120, blank=True)
    size = models.PositiveBigIntegerField("taille en octets", null=True, blank=True)
    downloads = models.PositiveIntegerField("téléchargements", default=0)

    # The worker that holds it says so every few seconds; the token parts it from a later one.
    lease_until = models.DateTimeField("tenu jusqu’à", null=True, blank=True, editable=False)
    token = models.CharField("jeton", max_length=22, blank=True, editable=False)
    asks = models.PositiveSmallIntegerField("appels à un worker", default=0, editable=False)
    next_ask_at = models.DateTimeField("prochain appel", db_default=Now(), editable=False)

    created_at = models.DateTimeField("demandé le", db_default=Now(), editable=False)
    ready_at = models.DateTimeField("prêt le", null=True, blank=True)
    expires_at = models.DateTimeField("gardé jusqu’au", null=True, blank=True)

    objects: ClassVar[models.Manager[Export]] = ExportQuerySet.as_manager()

    # Where the maker writes; set by cops.exports.running for the time of the work.
    target: Path

    class Meta:
        verbose_name = "document en préparation"
        verbose_name_plural = "documents en préparation"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=~Q(state=State.EXPIRED),
                name="export_same_wish_once",
                violation_error_message="Ce document est déjà demandé.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="export_state_known",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.READY)
                | (~Q(file="") & ~Q(filename="") & Q(expires_at__isnull=False)),
                name="export_ready_has_file",
                violation_error_message="Un document prêt a un fichier, un nom et une échéance.",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=models.F("total")),
                name="export_done_within_total",
                violation_error_message="Le travail fait dépasse le travail à faire.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_ask_at"],
                condition=Q(state__in=sorted(UNFINISHED)),
                name="export_unfinished",
            ),
            models.Index(
                fields=["expires_at"], condition=~Q(state=State.EXPIRED), name="export_expiry"
            ),
            models.Index(fields=["-created_at", "-id"], name="export_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.get_state_display()})"

    @property
    def kind_known(self) -> Kind | None:
        return known_kind(self.kind)

    @property
    def label(self) -> str:
        return self.kind_known.label if self.kind_known else self.kind

    @property
    def phase_label(self) -> str:
        """The name of the present step, as shown."""
        return self.kind_known.phases.get(self.phase, "") if self.kind_known else ""

    @property
    def progress_label(self) -> str:
        """« Mise en page des fiches : 3 sur 10 », or the step alone when nothing is counted."""
        step = self.phase_label or "Préparation"
        if not self.total:
            return f"{step}…"
        return f"{step}{NBSP}: {number_fr(self.done)} sur {number_fr(self.total)}"

    @property
    def progress_words(self) -> str:
        """How far it is, for the team: the step, the size, or how often it was tried."""
        if self.state == State.MAKING:
            return self.progress_label
        if self.state == State.READY:
            return size_fr(self.size)
        return count_fr(self.attempts, "essai,essais") if self.attempts else ""

    @property
    def format(self) -> str:
        """« PDF », « ZIP »: what is said of the file beside its link."""
        return self.filename.rpartition(".")[2].upper()

    @property
    def finished(self) -> bool:
        """True when nothing will change without a person."""
        return self.state not in UNFINISHED

    @property
    def can_be_taken(self) -> bool:
        """The file is ready, in time, and was not taken as often as it may be."""
        if self.state != State.READY or self.expires_at is None:
            return False
        limit = self.kind_known.downloads if self.kind_known else 0
        return self.expires_at > timezone.now() and not (limit and self.downloads >= limit)

    @property
    def attempts_left(self) -> int:
        return max(0, ATTEMPTS - self.attempts)
