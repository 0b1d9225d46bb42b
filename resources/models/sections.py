from django.db import models
from django.db.models import Q

from resources.enums import SectionKind, Variant
from resources.models.resource import Resource


class Section(models.Model):
    """One titled piece of a resource, in one of its two variants.

    ``source_html`` is what an editor saved, cleaned. ``rendered_html`` and the term
    marks are derived by resources.services.rendering and never edited. The anchor is
    given once and never changes: printed sheets and other sites point to it.
    """

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="sections")
    variant = models.CharField(
        "version", max_length=8, choices=Variant.choices, default=Variant.STANDARD
    )
    position = models.PositiveSmallIntegerField("rang", default=0)
    anchor = models.CharField("ancre", max_length=80, editable=False)
    title = models.CharField("titre", max_length=200)
    # 2 under the sheet's title; 3 for a part of the level-2 section before it.
    level = models.PositiveSmallIntegerField("niveau", default=2, choices=[(2, "2"), (3, "3")])
    kind = models.CharField(
        "genre", max_length=4, choices=SectionKind.choices, default=SectionKind.TEXT
    )
    source_html = models.TextField("texte", blank=True)
    rendered_html = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = "section"
        verbose_name_plural = "sections"
        ordering = ["variant", "position", "pk"]
        indexes = [
            # « Existe en FALC », asked of each row of the library: few sections, one small index.
            models.Index(
                fields=["resource"], name="section_falc", condition=Q(variant=Variant.FALC)
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "variant", "anchor"], name="section_anchor_once"
            ),
            models.CheckConstraint(
                condition=Q(level__in=[2, 3]),
                name="section_level_2_or_3",
                violation_error_message="Le niveau d’une section est 2 ou 3.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PracticePath(models.Model):
    """The practice path of a section of kind « path »: its steps, two lanes that meet.

    ``title`` names the path as a whole (the sheet's own title when the sheet has a
    single one); the section's ``source_html`` is its introduction.
    """

    section = models.OneToOneField(Section, models.CASCADE, related_name="path")
    title = models.CharField("titre du parcours", max_length=200)

    class Meta:
        verbose_name = "parcours"
        verbose_name_plural = "parcours"

    def __str__(self) -> str:
        return self.title


class PracticeStep(models.Model):
    """One step: what the partner does, what the professional does, what both do together."""

    path = models.ForeignKey(PracticePath, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField("numéro")
    title = models.CharField("titre", max_length=200)
    partner_label = models.CharField("qui, à gauche", max_length=120)
    partner_html = models.TextField("ce que fait le partenaire")
    professional_label = models.CharField("qui, à droite", max_length=120)
    professional_html = models.TextField("ce que fait le professionnel")
    actions_html = models.TextField("ce que l’on fait ensemble")
    # Derived like Section.rendered_html: {"partner": html, "professional": html, "actions": html}.
    rendered = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = "étape"
        verbose_name_plural = "étapes"
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["path", "number"], name="practice_step_number_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="practice_step_number_from_one",
                violation_error_message="Les étapes se comptent à partir de 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class TermMark(models.Model):
    """A term that is marked in a section: where it is used, and what to mark again with it."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="marks")
    term = models.ForeignKey("resources.Term", models.CASCADE, related_name="marks")

    class Meta:
        verbose_name = "terme marqué"
        verbose_name_plural = "termes marqués"
        constraints = [models.UniqueConstraint(fields=["section", "term"], name="term_mark_once")]

    def __str__(self) -> str:
        return f"{self.term} ({self.section})"
