from __future__ import annotations

from django.db import models
from django.db.models import Count, Q

from resources.enums import QuizAnswer
from resources.models.fields import slug_field
from resources.models.lexicon import Term
from resources.models.resource import Resource


class QuizQuerySet(models.QuerySet["Quiz"]):
    def public(self) -> QuizQuerySet:
        return self.filter(archived_at__isnull=True)

    def counted(self) -> QuizQuerySet:
        """With ``statement_count``, the number of statements."""
        return self.annotate(statement_count=Count("statements"))


class Quiz(models.Model):
    """A set of statements to answer, alone or in a meeting."""

    slug = slug_field()
    title = models.CharField("titre", max_length=200)
    intro = models.TextField("introduction")
    usage = models.TextField("mode d’emploi", blank=True)
    origin = models.CharField("origine", max_length=300, blank=True)
    event = models.CharField("journée d’origine", max_length=80, blank=True)
    archived_at = models.DateTimeField("retiré le", null=True, blank=True)
    changed_at = models.DateTimeField("modifié le", auto_now=True)

    objects = QuizQuerySet.as_manager()

    class Meta:
        verbose_name = "quiz"
        verbose_name_plural = "quiz"
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("resources:quiz", args=[self.slug])


class QuizStatement(models.Model):
    """One statement; « à débattre » has no right answer and is not counted."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="statements")
    position = models.PositiveSmallIntegerField("rang", default=0)
    code = models.CharField("code", max_length=60)
    statement = models.TextField("affirmation")
    answer = models.CharField("réponse", max_length=10, choices=QuizAnswer.choices)
    explanation = models.TextField("explication")
    terms = models.ManyToManyField(Term, blank=True, related_name="statements")
    resource = models.ForeignKey(
        Resource, models.SET_NULL, null=True, blank=True, related_name="statements"
    )

    class Meta:
        verbose_name = "affirmation"
        verbose_name_plural = "affirmations"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "code"], name="quiz_statement_once"),
            models.CheckConstraint(
                condition=Q(answer__in=QuizAnswer.values),
                name="quiz_answer_known",
                violation_error_message="Cette réponse n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return self.code
