from __future__ import annotations

from django.db import models

from resources.models.fields import lines_field, slug_field
from resources.models.resource import Resource


class ArgumentSetQuerySet(models.QuerySet["ArgumentSet"]):
    def public(self) -> ArgumentSetQuerySet:
        """The sets on view, the oldest first: it is the one that the page opens on."""
        return self.filter(archived_at__isnull=True).order_by("pk")


class ArgumentSet(models.Model):
    """« Des mots pour le dire »: arguments for several audiences, built on one method."""

    slug = slug_field()
    title = models.CharField("titre", max_length=200)
    intro = models.TextField("introduction")
    origin = models.CharField("origine", max_length=300, blank=True)
    event = models.CharField("journée d’origine", max_length=80, blank=True)
    common_situation = models.TextField("situation commune", blank=True)
    common_vigilance = models.TextField("point de vigilance commun", blank=True)
    method = lines_field("méthode")
    editorial_note = models.TextField("note de la rédaction", blank=True)
    archived_at = models.DateTimeField("retiré le", null=True, blank=True)
    changed_at = models.DateTimeField("modifié le", auto_now=True)

    objects = ArgumentSetQuerySet.as_manager()

    class Meta:
        verbose_name = "argumentaires"
        verbose_name_plural = "argumentaires"
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class Argument(models.Model):
    """What to say to one audience, from a situation it knows to a question that goes on."""

    set = models.ForeignKey(ArgumentSet, models.CASCADE, related_name="arguments")
    position = models.PositiveSmallIntegerField("rang", default=0)
    code = models.CharField("code", max_length=60)
    audience = models.CharField("interlocuteur", max_length=60)
    label = models.CharField("titre", max_length=120)
    situation = models.TextField("situation")
    reformulation = models.TextField("reformulation")
    solution = lines_field("solution")
    benefits = lines_field("bénéfices")
    personal_value = lines_field("valeur pour la personne")
    examples = lines_field("exemples")
    engaging_question = lines_field("questions qui engagent")
    vigilance = lines_field("vigilance")
    editorial = lines_field("rubriques complétées par la rédaction")
    resource = models.ForeignKey(
        Resource, models.SET_NULL, null=True, blank=True, related_name="arguments"
    )

    class Meta:
        verbose_name = "argumentaire"
        verbose_name_plural = "argumentaires par interlocuteur"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["set", "code"], name="argument_once")]

    def __str__(self) -> str:
        return self.label
