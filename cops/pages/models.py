"""The organisation behind the portal, as « Le COPS » presents it."""

from django.db import models


class Organisation(models.Model):
    """What the COPS is and does. Written by cops.pages.services.organisation_write and the admin.

    The lists keep the shape of content/cops.yaml: missions are {code, title, description,
    objectives, actions}, history is {date, title, description}, forerunner is {title,
    period, figures, working_groups, outputs}.
    """

    slug = models.SlugField("adresse", max_length=80, unique=True)
    title = models.CharField("nom", max_length=200)
    acronym = models.CharField("sigle", max_length=20, blank=True)
    region = models.CharField("région", max_length=80, blank=True)
    baseline = models.CharField("devise", max_length=200, blank=True)
    summary = models.TextField("présentation")
    carried_by = models.CharField("porté par", max_length=200, blank=True)
    supported_by = models.CharField("soutenu par", max_length=200, blank=True)
    website = models.CharField("site", max_length=200, blank=True)
    contact = models.EmailField("courriel", blank=True)
    purpose = models.JSONField("buts", default=list, blank=True)
    principles = models.JSONField("principes", default=list, blank=True)
    missions = models.JSONField("missions", default=list, blank=True)
    history = models.JSONField("histoire", default=list, blank=True)
    forerunner = models.JSONField("ce qui l’a précédé", default=dict, blank=True)
    archived_at = models.DateTimeField("retirée le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisations"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.acronym or self.title
