from __future__ import annotations

from django.db import models
from django.db.models import Q

from cops.formats import sort_key
from resources.enums import Basis, TermCategory
from resources.models.fields import lines_field, slug_field


class Reference(models.Model):
    """A bibliographic reference, cited by its key."""

    key = models.CharField("clé", max_length=80, unique=True)
    type = models.CharField("type", max_length=60)
    authors = lines_field("auteurs")
    year = models.PositiveSmallIntegerField("année", null=True, blank=True)
    title = models.CharField("titre", max_length=400)
    journal = models.CharField("revue", max_length=200, blank=True)
    publisher = models.CharField("éditeur", max_length=200, blank=True)
    details = models.CharField("précisions", max_length=400, blank=True)
    url = models.URLField("adresse", max_length=400, blank=True)
    note = models.CharField("note de la rédaction", max_length=400, blank=True)

    class Meta:
        verbose_name = "référence"
        verbose_name_plural = "références"
        ordering = ["key", "pk"]

    def __str__(self) -> str:
        return self.title


class TermQuerySet(models.QuerySet["Term"]):
    def public(self) -> TermQuerySet:
        return self.filter(archived_at__isnull=True)


class Term(models.Model):
    """A word of the lexicon. Saved only through resources.services.lexicon."""

    slug = slug_field()
    term = models.CharField("terme", max_length=120)
    sort_key = models.CharField(max_length=120, editable=False, db_index=True)
    acronym = models.CharField("sigle", max_length=20, blank=True)
    category = models.CharField("catégorie", max_length=12, choices=TermCategory.choices)
    definition = models.TextField("définition")
    falc = models.TextField("en facile à lire et à comprendre", blank=True)
    falc_reviewed_on = models.DateField(
        "texte facile relu par des personnes concernées le", null=True, blank=True
    )
    synonyms = lines_field("synonymes")
    unmarked = lines_field(
        "expressions jamais soulignées",
        help_text="Des synonymes qui servent à chercher mais veulent souvent dire autre chose"
        " (« proche »), ou des suites de mots qui ne sont pas le terme (« usager de drogues ») :"
        " dans les textes, elles n’ouvrent pas de définition.",
    )
    preferred = models.BooleanField("terme à préférer", default=False)
    instead_of = lines_field("mots qu’il remplace")
    see_also = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="seen_from"
    )
    sources = models.ManyToManyField(Reference, blank=True, related_name="defines")
    basis = models.CharField("origine", max_length=12, choices=Basis.choices)
    archived_at = models.DateTimeField("retiré le", null=True, blank=True, editable=False)
    changed_at = models.DateTimeField("modifié le", auto_now=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = "terme"
        verbose_name_plural = "termes"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=TermCategory.values),
                name="term_category_known",
                violation_error_message="Cette catégorie n’existe pas.",
            )
        ]

    def __str__(self) -> str:
        return self.term

    def save(self, *args, **kwargs) -> None:
        self.sort_key = sort_key(self.term)[:120]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("resources:term", args=[self.slug])


class TermRedirect(models.Model):
    """An address that a term had."""

    slug = slug_field()
    term = models.ForeignKey(Term, models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = "ancienne adresse d’un terme"
        verbose_name_plural = "anciennes adresses de termes"
        ordering = ["slug", "pk"]

    def __str__(self) -> str:
        return self.slug
