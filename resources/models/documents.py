from django.db import models
from django.db.models import Q

from resources.models.resource import Resource


class Attachment(models.Model):
    """A file that goes with a resource."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField("rang", default=0)
    title = models.CharField("titre", max_length=200)
    file = models.FileField("fichier", upload_to="attachments/%Y/")
    media_type = models.CharField("format", max_length=100, editable=False)
    size = models.PositiveBigIntegerField("taille, en octets", editable=False)
    pages = models.PositiveIntegerField("pages", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class ExternalMedia(models.Model):
    """A film or a recording hosted elsewhere: a link and its words, never an embedded frame."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="media")
    position = models.PositiveSmallIntegerField("rang", default=0)
    title = models.CharField("titre", max_length=200)
    url = models.URLField("adresse", max_length=400)
    host_name = models.CharField("hébergé par", max_length=120)
    minutes = models.PositiveSmallIntegerField("durée, en minutes", null=True, blank=True)
    transcript_html = models.TextField("transcription")

    class Meta:
        verbose_name = "média externe"
        verbose_name_plural = "médias externes"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(transcript_html=""),
                name="external_media_has_transcript",
                violation_error_message="La transcription est obligatoire.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class PreparedDocument(models.Model):
    """A PDF of a resource that has been made: what the download link says before the click."""

    class Form(models.TextChoices):
        STANDARD = "standard", "PDF"
        FALC = "falc", "PDF facile à lire"
        LARGE = "grand", "PDF en gros caractères"

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="prepared")
    form = models.CharField("forme", max_length=8, choices=Form.choices)
    sha256 = models.CharField("empreinte", max_length=64)
    pages = models.PositiveIntegerField("pages")
    size = models.PositiveBigIntegerField("taille, en octets")
    version = models.PositiveIntegerField("version")
    made_at = models.DateTimeField("fait le", auto_now=True)

    class Meta:
        verbose_name = "PDF préparé"
        verbose_name_plural = "PDF préparés"
        ordering = ["resource", "form", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "form"], name="prepared_document_once")
        ]

    def __str__(self) -> str:
        return f"{self.resource} ({self.get_form_display()})"
