from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Min, Q
from django.db.models.functions import Now, TruncDate
from django.utils import timezone

from cops.audiences import Audience
from cops.formats import sort_key
from cops.http.addresses import address
from cops.territory import Department
from cops.topics import Topic
from resources.enums import Dimension, Kind, Modality, Status
from resources.models.fields import DESK_SLUGS, codes_field, lines_field, slug_field
from resources.tally import LENGTH


class ResourceQuerySet(models.QuerySet["Resource"]):
    def public(self) -> ResourceQuerySet:
        """What anybody may read now, by the clock: published, and not yet withdrawn."""
        return self.filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=Now()),
            status=Status.PUBLISHED,
            published_at__lte=Now(),
        )

    def next_change(self, now: datetime) -> datetime | None:
        """When the clock next puts a resource on view or takes one out of it."""
        planned = self.filter(status=Status.PUBLISHED).aggregate(
            on=Min("published_at", filter=Q(published_at__gt=now)),
            out=Min("withdrawn_at", filter=Q(withdrawn_at__gt=now)),
        )
        return min(filter(None, planned.values()), default=None)

    def visible_to(self, user) -> ResourceQuerySet:
        """Everything for the team, the public ones for everybody else."""
        return self if getattr(user, "is_staff", False) else self.public()


class Resource(models.Model):
    """A document of the library.

    Its state changes only through resources.services.publishing
    (resource_publish, resource_review, resource_redraft, resource_archive).
    """

    slug = slug_field()
    kind = models.CharField("type", max_length=16, choices=Kind.choices)
    number = models.PositiveSmallIntegerField("numéro", null=True, blank=True)
    title = models.CharField("titre", max_length=200)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    subtitle = models.CharField("sous-titre", max_length=300, blank=True)
    summary = models.TextField("résumé", max_length=600)
    dimension = models.CharField("dimension", max_length=12, choices=Dimension.choices, blank=True)
    topics = codes_field("domaines", Topic.choices)
    audience = lines_field("public, en mots")
    audience_codes = codes_field("public, pour le filtre", Audience.choices)
    departments = codes_field(
        "départements", Department.choices, help_text="Aucun : la ressource vaut partout."
    )
    status = models.CharField(
        "état", max_length=12, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    published_at = models.DateTimeField("publiée le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    notice = models.CharField(
        "avis au public",
        max_length=200,
        blank=True,
        help_text="Par exemple « Version de travail, à compléter par le COPS ».",
    )
    reviewed_on = models.DateField("relue le", null=True, blank=True)
    review_by = models.DateField("à relire avant le", null=True, blank=True)
    falc_reviewed_on = models.DateField(
        "version FALC relue par des personnes concernées le", null=True, blank=True
    )
    working_group = models.CharField("groupe de travail", max_length=300, blank=True)
    contributors = lines_field("contributeurs")
    publishers = lines_field("éditeurs")
    methodology = models.TextField("méthode", blank=True)
    facts = models.JSONField("repères chiffrés", default=dict, blank=True)

    # Mission sheets.
    action = models.TextField("mission en une phrase", blank=True)
    partner_profiles = lines_field("profils de partenaires")
    places = lines_field("lieux")
    modalities = codes_field("modalités", Modality.choices)
    training = models.JSONField(
        "formations", default=list, blank=True, help_text="[{« name », « required »}, …]"
    )
    regulation = models.TextField("cadre réglementaire", blank=True)
    skills = lines_field("savoirs et compétences")

    # What another app holds: kept as slugs, shown once its target exists in the search index.
    grids = lines_field("grilles d’auto-évaluation")
    workshops = lines_field("ateliers")

    terms = models.ManyToManyField(
        "resources.Term", through="resources.ResourceTerm", related_name="resources"
    )
    references = models.ManyToManyField(
        "resources.Reference", through="resources.ResourceReference", related_name="resources"
    )
    related = models.ManyToManyField(
        "self", through="resources.ResourceRelation", symmetrical=False, related_name="related_from"
    )
    # What the facets count (resources.tally); Postgres computes it.
    tally = models.GeneratedField(
        expression=models.Func(
            "kind", "topics", "audience_codes", "dimension", "modalities", "departments",
            function="resources_tally",
        ),
        output_field=models.DecimalField(max_digits=LENGTH, decimal_places=0),
        db_persist=True,
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField("modifiée le", auto_now=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = "ressource"
        verbose_name_plural = "ressources"
        ordering = ["sort_key", "pk"]
        indexes = [
            GinIndex(fields=["topics"], name="resources_topics_gin"),
            models.Index(fields=["status", "-published_at"], name="resources_public_date"),
            # The order of the library's first page (reading.listing), read without sorting.
            models.Index(
                TruncDate("published_at").desc(),
                "kind",
                F("number").asc(nulls_last=True),
                "sort_key",
                "id",
                name="resources_recent",
                condition=Q(status=Status.PUBLISHED),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values),
                name="resource_status_known",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values),
                name="resource_kind_known",
                violation_error_message="Ce type n’existe pas.",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="resource_published_has_date",
                violation_error_message="Une ressource publiée a une date de publication.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | Q(published_at__isnull=True)
                | Q(withdrawn_at__gt=F("published_at")),
                name="resource_withdrawn_after_published",
                violation_error_message="Le retrait vient après la publication.",
            ),
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=Q(number__isnull=False),
                name="resource_number_once_per_kind",
                violation_error_message="Ce numéro est déjà pris.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.slug in DESK_SLUGS:
            raise ValidationError({"slug": "Cette adresse est celle d’une page de l’équipe."})

    def save(self, *args, **kwargs) -> None:
        self.sort_key = sort_key(self.title)[:200]
        super().save(*args, **kwargs)

    @property
    def is_public(self) -> bool:
        """What ``public()`` says, of a row already read."""
        now = timezone.now()
        return (
            self.status == Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= now
            and (self.withdrawn_at is None or self.withdrawn_at > now)
        )

    def get_absolute_url(self) -> str:
        return address("resources:detail", self.slug)


class ResourceTerm(models.Model):
    """A word of the lexicon that the author lists for a resource."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="listed_terms")
    term = models.ForeignKey("resources.Term", models.PROTECT, related_name="listed_in")
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "terme cité"
        verbose_name_plural = "termes cités"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "term"], name="resource_term_once")
        ]

    def __str__(self) -> str:
        return str(self.term)


class ResourceReference(models.Model):
    """A bibliographic reference of a resource, in its order."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="listed_references")
    reference = models.ForeignKey("resources.Reference", models.PROTECT, related_name="listed_in")
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "référence citée"
        verbose_name_plural = "références citées"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "reference"], name="resource_reference_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.reference)


class ResourceRelation(models.Model):
    """A resource that another one points to: to read next, or a part of it (a guide's missions)."""

    class Role(models.TextChoices):
        RELATED = "related", "À lire aussi"
        PART = "part", "Partie"

    source = models.ForeignKey(Resource, models.CASCADE, related_name="relations")
    target = models.ForeignKey(Resource, models.CASCADE, related_name="relations_from")
    role = models.CharField("lien", max_length=8, choices=Role.choices, default=Role.RELATED)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "ressource liée"
        verbose_name_plural = "ressources liées"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "role"], name="resource_relation_once"
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="resource_relation_not_itself",
                violation_error_message="Une ressource n’est pas liée à elle-même.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.target)


class ResourceRedirect(models.Model):
    """An address that a resource had; it answers 301 to the present one, PDF names too."""

    slug = slug_field()
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = "ancienne adresse"
        verbose_name_plural = "anciennes adresses"
        ordering = ["slug", "pk"]

    def __str__(self) -> str:
        return self.slug
